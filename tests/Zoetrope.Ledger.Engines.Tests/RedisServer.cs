using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>A Redis server of a test's own, on a port of loopback, that keeps nothing. It ends with this process, however that ends.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    // The server ends when the standard input does.
    private const string Script = "exec 3<&0; \"$0\" \"$@\" >/dev/null 2>&1 3<&- & server=$!; read -r end <&3; kill $server";

    private readonly Process _process;
    private readonly int _port;

    private RedisServer(Process process, int port) => (_process, _port) = (process, port);

    /// <summary>Why there is no server; null where one can be started.</summary>
    public static string? Missing { get; } = Find() is null ? "Redis' server is not installed (apt-get install --no-install-recommends redis-server)." : null;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Starts a server, which responds when the task ends.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken ct)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            var port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            var start = new ProcessStartInfo("sh")
            {
                RedirectStandardInput = true,
                ArgumentList =
                {
                    "-c", Script, Find()!, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                    "--dir", Path.GetTempPath(),
                },
            };
            var server = new RedisServer(Process.Start(start)!, port);
            while (!await server.RespondsAsync(ct))
            {
                Assert.False(server._process.HasExited, "Redis ended.");
                await Task.Delay(20, ct);
            }
            return server;
        }
    }

    /// <summary>The names of what it keeps, as it lists them.</summary>
    public Task<string> KeysAsync(CancellationToken ct) => AskAsync("KEYS *", ct);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> RespondsAsync(CancellationToken ct)
    {
        try
        {
            return await AskAsync("PING", ct) == "+PONG\r\n";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    // An inline command, and the whole response of a connection that ends after it.
    private async Task<string> AskAsync(string command, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\nQUIT\r\n"), ct);
        using var text = new MemoryStream();
        await stream.CopyToAsync(text, ct);
        return Encoding.UTF8.GetString(text.ToArray()).Replace("+OK\r\n", "", StringComparison.Ordinal);
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
}
