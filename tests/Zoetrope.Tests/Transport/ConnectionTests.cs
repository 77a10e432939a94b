using System.Net;
using System.Net.Sockets;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Uploads;

namespace Zoetrope.Tests;

/// <summary>What servers do to connections, and what of it is known.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_submit_is_never_sent_over_a_connection_that_its_server_may_be_closing()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.ReplyAsync(200, "{}");
            // As servers do with connections that were kept, just when the next request may be on its way.
            await Task.Delay(Random.Shared.Next(2));
            exchange.Close();
        });
        using var transport = TestTransport.Create(server.Url);

        for (var i = 0; i < 200; i++)
            await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal(200, server.Requests.Length);
    }

    [Theory]
    [InlineData(413, true)]
    [InlineData(401, false)]
    public async Task A_server_that_refuses_an_upload_before_it_has_all_of_it_is_heard(int status, bool isRaw)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var refusing = RefuseEarlyAsync(listener, status);
        using var client = DemoClient.At(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        var file = UploadFile.FromBytes(new byte[20_000_000], "a.bin");
        var call = new OperationCall(HttpMethod.Post, "Test").Literal("/x");

        var exception = await Assert.ThrowsAsync<ServiceException>(() => client.SendAsync(isRaw ? call.Content(file) : call.File("file", file)));

        Assert.Equal((status, "too much"), ((int)exception.StatusCode, exception.Error.Message));
        await refusing;
        listener.Stop();
    }

    [Fact]
    public async Task A_connection_that_took_no_more_is_not_used_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = DemoClient.At(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        var refusing = RefuseEarlyAsync(listener, 413);
        await Assert.ThrowsAsync<ServiceException>(
            () => client.SendAsync(new OperationCall(HttpMethod.Post, "Test").Literal("/x").Content(UploadFile.FromBytes(new byte[20_000_000], "a.bin"))));
        await refusing;
        var refusal = RefuseEarlyAsync(listener, 404);

        var exception =
            await Assert.ThrowsAsync<ServiceException>(() => client.SendAsync(new OperationCall(HttpMethod.Post, "Test").Literal("/x").Text("abc")));

        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
        await refusal;
        listener.Stop();
    }

    /// <summary>Reads the beginning of a request, responds to it, and closes the connection with the rest unread, which resets it.</summary>
    private static async Task RefuseEarlyAsync(TcpListener listener, int status)
    {
        using var socket = await listener.AcceptSocketAsync();
        await socket.ReceiveAsync(new byte[1000]);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Status\r\nContent-Length: 22\r\n\r\n{{\"message\":\"too much\"}}"));
        await Task.Delay(100);
    }
}
