using System.Text;
using System.Text.RegularExpressions;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Json;
using Zoetrope.Uploads;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

public sealed class BodyTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [Fact]
    public async Task A_JSON_body_has_its_media_type()
    {
        var (plain, patch) = (
            await SendAsync(call => call.Json<string, StringCodec>("é")),
            await SendAsync(call => call.Json<IReadOnlyList<long>, ListCodec<long, Int64Codec>>([1, 2], "application/merge-patch+json")));

        Assert.Contains("\r\nContent-Type: application/json\r\n", plain);
        Assert.EndsWith("\r\n\r\n\"é\"", plain);
        Assert.Contains("\r\nContent-Type: application/merge-patch+json\r\n", patch);
        Assert.EndsWith("\r\n\r\n[1,2]", patch);
    }

    [Theory]
    [InlineData("text/plain", "text/plain; charset=utf-8")]
    [InlineData("text/csv; charset=UTF-8", "text/csv; charset=UTF-8")]
    public async Task A_text_body_declares_its_charset(string mediaType, string sent)
    {
        var request = await SendAsync(call => call.Text("naïve\n", mediaType));

        Assert.Contains($"\r\nContent-Type: {sent}\r\n", request);
        Assert.Contains("\r\nContent-Length: 7\r\n", request);
        Assert.EndsWith("\r\n\r\nnaïve\n", request);
    }

    [Fact]
    public async Task A_form_has_a_field_for_each_item_and_JSON_for_objects()
    {
        var request = await SendAsync(call => call
            .Field<string, StringCodec>("a b", "x&y=z+é")
            .Field<IReadOnlyList<long>, ListCodec<long, Int64Codec>>("n", [1, 2])
            .Field<IReadOnlyList<long>, ListCodec<long, Int64Codec>>("none", [])
            .Field<Demo.Asset, ObjectCodec<Demo.Asset>>("asset", new() { Id = "i" })
            .Field<bool, BooleanCodec>("on", true));

        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", request);
        Assert.EndsWith("\r\n\r\na%20b=x%26y%3Dz%2B%C3%A9&n=1&n=2&asset=%7B%22id%22%3A%22i%22%7D&on=true", request);
    }

    [Theory]
    [InlineData("clip.mp4", null, null, "video/mp4")]
    [InlineData("clip.mp4", null, "application/octet-stream", "application/octet-stream")]
    [InlineData("clip.mp4", null, "video/*", "video/mp4")]
    [InlineData("clip.mp4", "video/webm", "application/octet-stream", "video/webm")]
    [InlineData("clip", null, null, "application/octet-stream")]
    public async Task A_file_body_has_the_media_type_of_the_user_the_document_or_the_name(string name, string? given, string? documented, string sent)
    {
        var request = await SendAsync(call => call.Content(UploadFile.FromBytes("abc"u8.ToArray(), name, given), documented));

        Assert.Contains($"\r\nContent-Type: {sent}\r\n", request);
        Assert.Contains("\r\nContent-Length: 3\r\n", request);
        Assert.EndsWith("\r\n\r\nabc", request);
    }

    [Fact]
    public async Task A_multipart_body_without_parts_is_sent()
    {
        var request = await SendAsync(static call => call.Multipart());
        var withPart = await SendAsync(static call => call.Part<string, StringCodec>("a", "x").Multipart());

        var boundary = Regex.Match(request, "\r\nContent-Type: multipart/form-data; boundary=(zoetrope-[0-9a-f]{32})\r\n").Groups[1].Value;
        Assert.EndsWith($"\r\n\r\n--{boundary}--\r\n", request);
        Assert.Contains("name=\"a\"\r\n\r\nx\r\n", withPart);
    }

    [Fact]
    public async Task A_multipart_body_has_its_parts_in_order_and_a_length()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        await client.UploadAssetAsync(
            new() { File = UploadFile.FromBytes("PNG!"u8.ToArray(), "a.png"), Name = "é", Tags = ["x", "y"], Details = new() { Id = "i" } });

        var request = Assert.Single(server.Requests);
        var boundary = Regex.Match(request, "\r\nContent-Type: multipart/form-data; boundary=(zoetrope-[0-9a-f]{32})\r\n").Groups[1].Value;
        var body = request.Split("\r\n\r\n", 2)[1];
        Assert.Equal(
            $"""
            --{boundary}
            Content-Disposition: form-data; name="file"; filename="a.png"
            Content-Type: image/png

            PNG!
            --{boundary}
            Content-Disposition: form-data; name="name"

            é
            --{boundary}
            Content-Disposition: form-data; name="tags"

            x
            --{boundary}
            Content-Disposition: form-data; name="tags"

            y
            --{boundary}
            Content-Disposition: form-data; name="details"
            Content-Type: application/json

            {"{\"id\":\"i\"}"}
            --{boundary}--

            """.ReplaceLineEndings("\r\n"),
            body);
        Assert.Contains($"\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", request);
        Assert.DoesNotContain("Transfer-Encoding", request);
    }

    [Fact]
    public async Task A_part_with_a_media_type_of_JSON_is_JSON_whatever_it_is()
    {
        var request = await SendAsync(call => call
            .Part<IReadOnlyList<string>, ListCodec<string, StringCodec>>("tags", ["x", "y"], "application/json")
            .Part<string, StringCodec>("one", "x", "application/vnd.demo+json; v=1")
            .Part<string, StringCodec>("svg", "<svg/>", "image/svg+xml")
            .Part<RawJson, ValueCodec<RawJson>>("nothing", RawJson.Null));

        Assert.Contains("name=\"tags\"\r\nContent-Type: application/json\r\n\r\n[\"x\",\"y\"]\r\n", request);
        Assert.Contains("name=\"one\"\r\nContent-Type: application/vnd.demo+json; v=1\r\n\r\n\"x\"\r\n", request);
        Assert.Contains("name=\"svg\"\r\nContent-Type: image/svg+xml\r\n\r\n<svg/>\r\n", request);
        Assert.DoesNotContain("nothing", request);
    }

    [Fact]
    public async Task The_media_type_of_a_part_brings_no_headers_of_its_own()
    {
        var request = await SendAsync(call => call.Part<string, StringCodec>("a", "x", "text/plain\r\nX-Evil: 1"));

        Assert.DoesNotContain("X-Evil", request);
    }

    [Theory]
    [InlineData("a\"b.png", "a%22b.png")]
    [InlineData("a\r\nX-Evil: 1\r\n.png", "a%0D%0AX-Evil: 1%0D%0A.png")]
    [InlineData("naïve 猫😀.png", "naïve 猫😀.png")]
    [InlineData("a\\b;c=d.png", "a\\b;c=d.png")]
    public async Task A_name_is_written_as_browsers_write_it(string name, string written)
    {
        var request = await SendAsync(call => call.File(name, UploadFile.FromBytes(Png, name)));

        Assert.Contains($"\r\nContent-Disposition: form-data; name=\"{written}\"; filename=\"{written}\"\r\nContent-Type: image/png\r\n\r\n", request);
        Assert.DoesNotContain("filename*", request);
    }

    [Fact]
    public async Task A_multipart_body_of_unknown_length_is_sent_in_chunks()
    {
        var request = await SendAsync(
            call => call.Part<string, StringCodec>("a", "1").File("file", UploadFile.FromStream(new OneShotStream("abc"u8.ToArray()), "a.bin")));

        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", request);
        Assert.DoesNotContain("Content-Length", request);
        Assert.Contains("filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n--zoetrope-", request);
    }

    [Fact]
    public async Task A_call_without_a_body_has_Content_Length_0_where_required()
    {
        var request = await SendAsync(static call => call);

        Assert.Contains("\r\nContent-Length: 0\r\n", request);
        Assert.DoesNotContain("Content-Type", request);
    }

    private static async Task<string> SendAsync(Func<OperationCall, OperationCall> build)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        await client.SendAsync(build(new OperationCall(HttpMethod.Post, "Test").Literal("/x")));
        return Assert.Single(server.Requests);
    }
}
