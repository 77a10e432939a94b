using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Zoetrope.Fal;
using Zoetrope.Jobs;

namespace Zoetrope.ReadingBenchmark;

/// <summary>Waits for jobs with such results at a server of this process, and how fast a caller gets out of a wait.</summary>
internal static class EndToEnd
{
    public static async Task RunAsync(int megabytes)
    {
        Console.WriteLine();
        Console.WriteLine($"| {"a whole wait, over loopback",-28} | JsonDocument | bytes alone | wait | ratio | to both | after canceling |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, json) in Shapes.All(megabytes * 1024 * 1024))
        {
            using var server = new Server(json);
            using var client = new FalClient(new FalClientOptions { ApiKey = "id:secret-for-loopback", BaseUrl = server.Url, MaxResponseBytes = json.Length });
            var handle = JobHandle.Parse("fal:a/b:r1");
            var (document, bytes, wait) = (double.MaxValue, double.MaxValue, double.MaxValue);
            using var http = new HttpClient();
            for (var i = 0; i < 3; i++)
            {
                document = Math.Min(document, await TimeAsync(() => Task.Run(() => JsonDocument.Parse(json, Shapes.Deep).Dispose())));
                bytes = Math.Min(bytes, await TimeAsync(async () => await http.GetByteArrayAsync(new Uri(server.Url, "a/b/requests/r1"))));
                wait = Math.Min(wait, await TimeAsync(async () => await client.Resume(handle, static raw => raw.Deserialize<Album.Result>()).WaitAsync()));
            }
            var late = TimeSpan.Zero;
            for (var at = 20; at < wait; at += Math.Max(20, (int)wait / 10))
            {
                using var stop = new CancellationTokenSource();
                var run = Task.Run(() => client.Resume(handle, static raw => raw.Deserialize<Album.Result>()).WaitAsync(null, stop.Token));
                await Task.Delay(at);
                var start = Stopwatch.GetTimestamp();
                await stop.CancelAsync();
                try
                {
                    await run;
                }
                catch (OperationCanceledException)
                {
                    var took = Stopwatch.GetElapsedTime(start);
                    late = took > late ? took : late;
                }
            }
            var ratio = (wait - bytes) / document;
            Console.WriteLine(
                $"| {name,-28} | {document,8:F0} ms | {bytes,6:F0} | {wait,6:F0} | {ratio,5:F1} | {wait / (document + bytes),5:F1} | {late.TotalMilliseconds,5:F0} ms |");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Says that each job has completed, and what its result is.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _result;

        public Server(byte[] result)
        {
            _result = result;
            _listener.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _ = AcceptAsync();
        }

        public Uri Url { get; }

        public void Dispose() => _listener.Stop();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                    _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (SocketException)
            {
                // Stopped.
            }
        }

        private async Task ServeAsync(TcpClient connection)
        {
            using var _ = connection;
            // A head and a body are two writes.
            connection.NoDelay = true;
            try
            {
                using var stream = connection.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                while (await reader.ReadLineAsync() is { } request)
                {
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }
                    var body = request.Contains("/status", StringComparison.Ordinal) ? "{\"status\":\"COMPLETED\"}"u8.ToArray() : _result;
                    var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
                    await stream.WriteAsync(body);
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }
}
