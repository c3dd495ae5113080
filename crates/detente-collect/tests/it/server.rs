//! Servers of one's own on this machine, which speak plain HTTP, or something that is none.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: Vec<String>,
    pub(crate) begin: Instant,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let is = |line: &&String| line.split(':').next().is_some_and(|n| n.eq_ignore_ascii_case(name));
        self.headers.iter().find(is).and_then(|line| line.split_once(": ")).map(|(_, value)| value)
    }
}

/// A server that answers every connection with what its closure writes, and remembers what it was asked.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<Request>>>,
    open: Arc<Mutex<(usize, usize)>>,
}

impl Server {
    /// Begins to answer. The thread ends with the test program.
    pub(crate) fn with(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Server { port, asked: Arc::default(), open: Arc::default() };
        let (kept, answer) = (server.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, answer) = (kept.clone(), Arc::clone(&answer));
                std::thread::spawn(move || kept.one(stream, &*answer));
            }
        });
        server
    }

    fn one(&self, mut stream: TcpStream, answer: &(dyn Fn(&Request, &mut TcpStream) + Send + Sync)) {
        let Ok(read) = stream.try_clone() else { return };
        let lines = BufReader::new(read).lines().map_while(Result::ok);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let Some(first) = head.first() else { return };
        let path = first.split(' ').nth(1).unwrap_or_default().to_string();
        let request = Request { path, headers: head[1..].to_vec(), begin: Instant::now() };
        self.asked.lock().expect("nobody panicked").push(request.clone());
        {
            let mut open = self.open.lock().expect("nobody panicked");
            open.0 += 1;
            open.1 = open.1.max(open.0);
        }
        answer(&request, &mut stream);
        self.open.lock().expect("nobody panicked").0 -= 1;
    }

    /// A server that says the same thing, byte for byte, to everybody.
    pub(crate) fn saying(bytes: impl Into<Vec<u8>>) -> Server {
        let bytes = bytes.into();
        Server::with(move |_, stream| send(stream, &bytes))
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The same machine under a name.
    pub(crate) fn under(&self, name: &str, path: &str) -> String {
        format!("http://{name}:{}{path}", self.port)
    }

    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().expect("nobody panicked").clone()
    }

    /// Paths in the order in which they were asked for.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|request| request.path).collect()
    }

    /// Most requests that were open at once.
    pub(crate) fn most_at_once(&self) -> usize {
        self.open.lock().expect("nobody panicked").1
    }
}

/// The other side may have gone.
pub(crate) fn send(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).and_then(|()| stream.flush());
}

/// A whole answer.
pub(crate) fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    headers.iter().for_each(|line| head.push_str(&format!("{line}\r\n")));
    [head.as_bytes(), b"\r\n", body].concat()
}

/// A page.
pub(crate) fn page(body: &str) -> Vec<u8> {
    answer("200 OK", &["Content-Type: text/html; charset=utf-8"], body.as_bytes())
}

/// Writes a piece again and again, with a pause between, until the other side goes or a second is over.
pub(crate) fn drip(stream: &mut TcpStream, piece: &[u8], pause: Duration) {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(3) && stream.write_all(piece).is_ok() {
        std::thread::sleep(pause);
    }
}
