using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Simulator.Tests;

/// <summary>The simulator's own requests are for programs on this machine, not for web pages that a browser shows there.</summary>
public sealed class ControlTests
{
    [Theory]
    [InlineData("127.0.0.1", null, 200)]
    [InlineData("localhost", null, 200)]
    [InlineData("[::1]", null, 200)]
    [InlineData("127.9.9.9", null, 200)]
    [InlineData("127.0.0.1", "http://127.0.0.1:{port}", 200)]
    [InlineData("localhost", "http://localhost:{port}", 200)]
    [InlineData("127.0.0.1", "https://example.com", 403)]
    [InlineData("127.0.0.1", "null", 403)]
    [InlineData("127.0.0.1", "http://localhost:{port}", 403)]
    [InlineData("127.0.0.1", "http://127.0.0.1:1", 403)]
    [InlineData("rebound.example.com", null, 403)]
    [InlineData("127.0.0.1.example.com", null, 403)]
    [InlineData("0.0.0.0", null, 403)]
    [InlineData("192.168.1.5", null, 403)]
    public async Task A_web_page_does_not_drive_it(string host, string? origin, int status)
    {
        await using var simulator = await Support.StartAsync();
        var port = simulator.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        foreach (var (method, path, body) in new[]
        {
            ("POST", "/_simulator/faults", """{"kind":"hang"}"""),
            ("DELETE", "/_simulator/faults", ""),
            ("GET", "/_simulator/requests", "")
        })
        {
            var head = $"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n";
            if (origin is not null)
                head += $"Origin: {origin.Replace("{port}", port)}\r\n";
            var response = await ExchangeAsync(simulator.BaseUrl, head + "\r\n" + body);
            Assert.Equal(
                status == 200 && method == "DELETE" ? 204 : status,
                int.Parse(response.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        // What was refused left no fault.
        using var client = simulator.Client();
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, Support.GoodInput())).Status);
    }

    [Fact]
    public async Task Providers_are_played_under_any_name()
    {
        await using var simulator = await Support.StartAsync();
        var body = Support.GoodInput().ToJsonString();

        var response = await ExchangeAsync(simulator.BaseUrl,
            $"POST /{Support.FalId} HTTP/1.1\r\nHost: queue.fal.run\r\nAuthorization: Key a\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

        Assert.StartsWith("HTTP/1.1 200", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_opens_its_address_is_shown_what_it_is()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client(key: null);

        var reply = await client.SendAsync("GET", "");

        Assert.Equal(200, reply.Status);
        Assert.Contains("/_simulator/requests", reply.Text, StringComparison.Ordinal);
        Assert.Empty(simulator.Requests);
    }

    private static async Task<string> ExchangeAsync(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
