using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Tests;

/// <summary>JSON that is not UTF-8, or says so.</summary>
public sealed class CharsetTests
{
    public static TheoryData<string, byte[], string> Bodies
    {
        get
        {
            var latin = Encoding.Latin1.GetBytes("{\"id\":\"café\"}");
            var utf8 = Encoding.UTF8.GetBytes("{\"id\":\"café\"}");
            var data = new TheoryData<string, byte[], string>
            {
                { "application/json; charset=ISO-8859-1", latin, "café" },
                { "application/json; charset=\"iso-8859-1\"", latin, "café" },
                { "application/json; charset=latin1", latin, "café" },
                { "application/json; charset=windows-1252", [.. "{\"id\":\""u8, 0x93, 0xE9, 0x80, 0x94, .. "\"}"u8], "“é€”" },
                { "application/json; charset=us-ascii", utf8, "café" },
                { "application/json; charset=utf8", utf8, "café" },
                { "application/json; charset=utf-8", utf8, "café" },
                { "application/json; charset=klingon", utf8, "café" },
                { "application/json; charset=", utf8, "café" },
                { "application/json;charset", utf8, "café" },
                { "application/json, text/plain", utf8, "café" },
                { "nonsense", utf8, "café" },
                { "text/html", utf8, "café" },
                { "application/json", [.. Encoding.UTF8.Preamble, .. utf8], "café" },
                { "application/json; charset=ISO-8859-1", [.. Encoding.UTF8.Preamble, .. utf8], "café" },
                // What is no UTF-8 is marked, and the rest is kept.
                { "application/json", latin, "caf\uFFFD" },
                { "application/json; charset=utf-8", latin, "caf\uFFFD" },
            };
            foreach (var (name, encoding) in ((string, Encoding)[])[
                ("utf-16", Encoding.Unicode), ("utf-16le", Encoding.Unicode), ("utf-16be", Encoding.BigEndianUnicode), ("utf-32", Encoding.UTF32),
                ("utf-32BE", new UTF32Encoding(
                    true,
                    true))])
            {
                var text = encoding.GetBytes("{\"id\":\"café😀\"}");
                data.Add($"application/json; charset={name}", text, "café😀");
                data.Add($"application/json; charset={name}", [.. encoding.Preamble, .. text], "café😀");
                data.Add("application/json", [.. encoding.Preamble, .. text], "café😀");
                data.Add("application/json", text, "café😀");
                data.Add($"application/json; charset={name}", utf8, "café");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task JSON_is_read_in_its_charset(string contentType, byte[] body, string expected)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n");
            await exchange.WriteAsync(body);
        });
        using var transport = TestTransport.Create(server.Url);
        using var client = DemoClient.At(server.Url);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);
        var asset = await client.GetAssetAsync("a");

        Assert.Equal(expected, response.RequireJson().Deserialize<AnyObject>().ExtraProperties["id"].AsString());
        Assert.Equal(expected, asset.Id);
    }

    [Fact]
    public async Task An_error_is_read_in_its_charset()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 400 Bad\r\nContent-Type: application/json; charset=ISO-8859-1\r\nContent-Length: 20\r\n\r\n{\"message\":\"ung");
            await exchange.WriteAsync([0xFC, .. "lt\"}"u8]);
        });
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal("ungült", exception.Error.Message);
    }

    [Fact]
    public void A_body_that_is_not_text_is_not_read_as_JSON()
    {
        var response = new TransportResponse(HttpStatusCode.OK, (byte[])[0x89, .. "PNG"u8, 0, 1, 2], contentType: "image/png");

        Assert.Null(response.Json);
    }
}
