using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Providers;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Messages are short and can be printed, whatever a service wrote; all of it is beside them.</summary>
public sealed class MessageTests
{
    public static TheoryData<string> Unseen
    {
        get
        {
            var data = new TheoryData<string>();
            int[] points = [
                0, 7, 8, 9, 10, 13, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
                0x2060, 0x2066, 0x2067,
                0x2068, 0x2069, 0xFEFF, 0xE0041];
            foreach (var point in points)
                data.Add($"U+{point:X4}");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Unseen))]
    public async Task What_cannot_be_seen_is_a_space(string point)
    {
        var unseen = char.ConvertFromUtf32(int.Parse(point[2..], System.Globalization.NumberStyles.HexNumber));
        var json = new StringBuilder("{\"message\":");
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
            writer.WriteStringValue($"a{unseen}b");
        json.Append(Encoding.UTF8.GetString(stream.ToArray())).Append('}');
        await using var server =
            new FakeServer(Reply(400, json.ToString()), Reply(400, $"a{unseen}b"), Reply(200, $"<a{unseen}b"), Reply(500, "", $"X-Request-Id: a\u009bb"));
        using var transport = Transport(server);

        var error = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
        var text = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
        var page = await transport.SendAsync(TestTransport.Get(server.Url), default);
        var id = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.EndsWith("responded with 400: a b", error.Message);
        Assert.Equal($"a{unseen}b", error.Error.Message);
        Assert.EndsWith("responded with 400: a b", text.Message);
        Assert.Contains("<a b", page.Malformed("not JSON").Message);
        Assert.Contains("<a b", page.Excerpt());
        Assert.DoesNotContain('\u009b', id.Message);
        Assert.DoesNotContain(unseen, new SubmitException("p", "m", true, 1, error).Message);
    }

    [Fact]
    public async Task What_can_be_seen_stays()
    {
        const string Text = "Größe: 5 €, 日本語, العربية, हिन्दी, 👨‍👩‍👧, e\u0301";
        await using var server = new FakeServer(Reply(400, $$"""{"message":"{{Text}}"}"""));
        using var transport = Transport(server);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.EndsWith(Text, exception.Message);
    }

    [Fact]
    public async Task A_lone_surrogate_does_not_get_into_a_message()
    {
        await using var server = new FakeServer(Reply(400, """{"message":"a\ud800b"}"""));
        using var transport = Transport(server);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.True(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(exception.Message)) == exception.Message);
        Assert.Contains("a", exception.Message);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("fields")]
    [InlineData("page")]
    [InlineData("not JSON")]
    [InlineData("status line")]
    [InlineData("request id")]
    public async Task A_message_is_short_whatever_the_service_writes(string location)
    {
        var long_ = new string('x', 900_000);
        await using var server = new FakeServer(location switch
        {
            "message" => Reply(400, $$"""{"message":"{{long_}}"}"""),
            "fields" => Reply(
                422,
                "{\"detail\":[" + string.Join(",", Enumerable.Range(0, 10_000).Select(static i => $$"""{"loc":["body","f{{i}}"],"msg":"is wrong"}""")) + "]}"),
            "page" => Reply(500, $"<html><title>{long_}</title></html>"),
            "not JSON" => Reply(200, "<" + long_),
            "status line" => Raw("HTTX " + long_[..10_000] + "\r\n\r\n"),
            _ => Reply(500, "{}", "X-Request-Id: " + long_[..10_000]),
        });
        using var transport = Transport(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", static response =>
        {
            response.RequireJson();
            throw new InvalidOperationException();
        }, default));

        Assert.InRange(exception.Message.Length, 1, 2000);
        if (location == "message")
        {
            Assert.Contains("… (899000 more characters)", exception.Message);
            Assert.Equal(long_, exception.Service!.Error.Message);
        }
        if (location == "fields")
        {
            Assert.Contains("f0: is wrong; f1: is wrong", exception.Message);
            Assert.Equal(10_000, exception.Service!.Error.Fields.Count);
        }
        if (location == "not JSON")
            Assert.Equal(900_001, Assert.IsType<TransportException>(exception.InnerException).Body.Length);
    }

    private static Zoetrope.Http.Transport Transport(FakeServer server) =>
        new(
            "test",
            new MediaClientOptions { BaseUrl = server.Url },
            new CommonErrorReader(),
            new TrustedHosts(),
            new AuthHeader("Authorization", "Key " + TestTransport.Key));
}
