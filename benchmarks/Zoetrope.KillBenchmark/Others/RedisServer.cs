using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Zoetrope.KillBenchmark.Others;

/// <summary>A Redis with the settings that BullMQ asks for: an append-only file, and nothing evicted. It ends with this process.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    // It ends when the standard input does, however this process ends.
    private const string Script = "exec 3<&0; redis-server \"$@\" >/dev/null 3<&- & server=$!; { read -r end <&3; kill $server; } & wait $server";

    private readonly Process _process;

    private RedisServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<RedisServer> StartAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(
            "sh",
            [
                "-c", Script, "redis", "--bind", "127.0.0.1", "--port", $"{port}", "--dir", folder, "--save", "", "--appendonly", "yes",
                "--appendfsync", "everysec", "--maxmemory-policy", "noeviction",
            ])
        {
            RedirectStandardInput = true,
        })!;
        for (var tries = 0; ; tries++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return new RedisServer(process, port);
            }
            catch (SocketException) when (tries < 100 && !process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
