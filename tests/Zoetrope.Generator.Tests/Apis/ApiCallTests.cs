using System.Reflection;
using Zoetrope.Errors;
using Zoetrope.Operations;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>The generated client against a real socket: what a user writes compiles, and what goes over the wire is what the document says.</summary>
public class ApiCallTests
{
    // One of the operations is deprecated.
    private const string Code = """
        #pragma warning disable ZT0143
        using System;
        using System.IO;
        using System.Text;
        using System.Threading.Tasks;
        using Demo.Models;
        using Zoetrope.CodeGen.Operations;
        using Zoetrope.Errors;
        using Zoetrope.Operations;
        using Zoetrope.Providers;
        using Zoetrope.Uploads;
        internal static class Calls
        {
            public static async Task<string> List(StudioClient studio)
            {
                var result = await studio.ListClipsAsync(new()
                {
                    Limit = 5, State = [Studio.State.Done, Studio.State.Queued], Tag = ["a b", "c"], Filter = new() { Name = "x&y", Min = 0.5 }, XTrace = "t1", Session = "s1",
                });
                return result.Clips[0].Id + " " + result.Clips[0].State.Value + " " + (result.Clips[0].Next ?? "null") + " " + result.Clips[0].Owner!.Name + " " + result.Cursor;
            }
            public static async Task<string> ListPlain(StudioClient studio) => (await studio.ListClipsAsync()).Clips.Count.ToString();
            public static async Task<string> Create(StudioClient studio)
            {
                Studio.Clip? clip = await studio.CreateClipAsync(new() { Title = "New", Cuts = [new() { From = 1, To = 2, State = Studio.State.Queued }] });
                return clip?.Id ?? "nothing";
            }
            public static async Task<string> CreateBad(StudioClient studio)
            {
                await studio.CreateClipAsync(new() { Title = "N", Cuts = [new() { From = -1, To = 2, Note = "too long" }] });
                return "sent";
            }
            public static async Task<string> Replace(StudioClient studio)
            {
                await studio.CutsReplaceAsync("c/1", 3, new() { IfMatch = "e1" }, new() { From = 1, To = 2 });
                return "done";
            }
            public static async Task<string> ReplaceNothing(StudioClient studio)
            {
                await studio.CutsReplaceAsync("c1", 3, new() { IfMatch = "e1" });
                return "done";
            }
            public static async Task<string> ReplaceBad(StudioClient studio)
            {
                await studio.CutsReplaceAsync("much too long", 0, new() { IfMatch = null! });
                return "sent";
            }
            public static async Task<string> Download(StudioClient studio)
            {
                await using StreamingResponse response = await studio.DownloadClipAsync("c1");
                using var reader = new StreamReader(response.Stream);
                return response.ContentType + " " + await reader.ReadToEndAsync();
            }
            public static async Task<string> Upload(StudioClient studio)
            {
                bool done = await studio.UploadClipAsync("c1", new()
                {
                    File = UploadFile.FromBytes("mp4"u8.ToArray(), "clip.mp4"), Frames = [UploadFile.FromBytes("f1"u8.ToArray(), "1.png"), UploadFile.FromBytes("f2"u8.ToArray(), "2.png")],
                    Title = "Clip", Cut = new() { From = 1, To = 2 }, Labels = ["a", "b"], Thumbnail = UploadFile.FromBytes("t"u8.ToArray(), "t.jpg"),
                });
                return done ? "done" : "not";
            }
            public static async Task<string> UploadBad(StudioClient studio)
            {
                await studio.UploadClipAsync("c1", new() { File = UploadFile.FromBytes("mp4"u8.ToArray(), "clip.mp4"), Title = "much too long" });
                return "sent";
            }
            public static async Task<string> Chat(StudioClient studio) => (await studio.ChatAsync(new() { Text = "a b&c", Tags = ["1", "2"] })).Text ?? "";
            public static async Task<string> ChatStream(StudioClient studio)
            {
                await using var response = await studio.ChatStreamAsync(new() { Text = "x" });
                using var reader = new StreamReader(response.Stream);
                return await reader.ReadToEndAsync();
            }
            public static Task<string> Report(StudioClient studio) => studio.GetReportAsync();
            public static async Task<string> Tags(StudioClient studio) => string.Join(",", System.Linq.Enumerable.Select(await studio.GetTagsAsync(), tag => tag.Name));
            public static async Task<string> PutTags(StudioClient studio)
            {
                Studio.ClipOrProblem response = await studio.PutTagsAsync([new() { From = 1, To = 2 }]);
                return response.TryGetProblem(out var problem) ? "problem " + problem.Message : response.TryGetClip(out var clip) ? clip.Id : "none";
            }
            public static async Task<string> PutTagsBad(StudioClient studio)
            {
                await studio.PutTagsAsync([new() { From = 1, To = 2 }, new() { From = -1, To = 2 }, new() { From = 1, To = 2 }]);
                return "sent";
            }
            public static async Task<string> Raw(StudioClient studio)
            {
                await studio.SendRawAsync(UploadFile.FromBytes("bytes"u8.ToArray(), "x.bin"));
                await studio.SendNoteAsync("né");
                return "done";
            }
            public static string TypedError(Exception exception) => exception switch
            {
                ServiceException<Studio.Problem> problem => "problem " + problem.Details.Message + " " + problem.Details.Code,
                ServiceException<Studio.ErrorBody> error => "error " + error.Details.Error.Kind,
                ServiceException plain => "plain " + (int)plain.StatusCode,
                _ => exception.GetType().Name,
            };
        }
        """;

    private static readonly Lazy<Assembly> _assembly = new(() => new Project([StudioApi.Document], code: Code).Run().Load());

    private const string Clip = """{"id":"c1","state":"done","next":null,"owner":{"name":"Ann"}}""";

    [Fact]
    public async Task Query_headers_and_cookies_are_written_as_the_document_says()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, $$"""{"clips":[{{Clip}}],"cursor":"n"}"""));

        Assert.Equal("c1 done null Ann n", await CallAsync(server, "List"));

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /clips?limit=5&state=done&state=queued&tag=a%20b,c&filter%5Bname%5D=x%26y&filter%5Bmin%5D=0.5 HTTP/1.1\r\n", request);
        foreach (var header in new[] { "X-Trace: t1", "Cookie: session=s1", "X-Studio-Key: secret", "Accept: application/json" })
            Assert.Contains("\r\n" + header + "\r\n", request);
    }

    [Fact]
    public async Task What_is_unset_is_not_sent()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"clips":[]}"""));

        Assert.Equal("0", await CallAsync(server, "ListPlain"));

        Assert.StartsWith("GET /clips HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData(201, Clip, "c1")]
    [InlineData(204, "", "nothing")]
    public async Task A_body_goes_as_JSON_and_a_response_may_be_nothing(int status, string response, string expected)
    {
        await using var server = new FakeServer(FakeServer.Reply(status, response));

        Assert.Equal(expected, await CallAsync(server, "Create"));

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /clips HTTP/1.1\r\n", request);
        Assert.Contains("\r\nContent-Type: application/json\r\n", request);
        Assert.EndsWith("""{"title":"New","cuts":[{"from":1,"to":2,"state":"queued"}]}""", request);
    }

    [Theory]
    [InlineData("Create", 422, """{"error":{"kind":"odd"}}""", "error odd")]
    [InlineData("Create", 500, """{"message":"down","code":7}""", "problem down 7")]
    [InlineData("Create", 500, "<html>", "plain 500")]
    [InlineData("ListPlain", 404, """{"message":"gone"}""", "problem gone ")]
    [InlineData("ListPlain", 500, """{"message":"down"}""", "problem down ")]
    [InlineData("Replace", 503, """{"error":{"kind":"busy"}}""", "error busy")]
    [InlineData("Report", 500, """{"message":"down"}""", "plain 500")]
    public async Task Errors_are_typed_where_the_document_describes_them(string call, int status, string body, string expected)
    {
        await using var server = new FakeServer(FakeServer.Reply(status, body));

        var exception = await Assert.ThrowsAnyAsync<ServiceException>(() => CallAsync(server, call));

        Assert.Equal(expected, _assembly.Value.GetType("Calls")!.GetMethod("TypedError")!.Invoke(null, [exception]));
    }

    [Theory]
    [InlineData("CreateBad", "title", "cuts[0].from", "cuts[0].note")]
    [InlineData("ReplaceBad", "clip_id", "number", "If-Match")]
    [InlineData("UploadBad", "title")]
    [InlineData("PutTagsBad", "", "[1].from")]
    public async Task What_is_not_valid_is_reported_before_anything_is_sent(string call, params string[] paths)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => CallAsync(server, call));

        Assert.Equal(paths.Order(StringComparer.Ordinal), exception.Result.Issues.Select(issue => issue.Path).Order(StringComparer.Ordinal));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Replace", "PUT /clips/c%2F1/cuts/3 HTTP/1.1", """{"from":1,"to":2}""")]
    [InlineData("ReplaceNothing", "PUT /clips/c1/cuts/3 HTTP/1.1", "\r\n\r\n")]
    public async Task Values_in_the_path_stay_in_their_segment_and_an_optional_body_can_be_left_out(string call, string line, string end)
    {
        await using var server = new FakeServer(FakeServer.Reply(204, ""));

        Assert.Equal("done", await CallAsync(server, call));

        var request = Assert.Single(server.Requests);
        Assert.StartsWith(line + "\r\n", request);
        Assert.Contains("\r\nIf-Match: e1\r\n", request);
        Assert.EndsWith(end, request);
        Assert.Equal(call == "Replace", request.Contains("application/vnd.studio+json"));
    }

    [Fact]
    public async Task Files_are_streamed_and_an_open_operation_sends_no_key()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "film", "Content-Type: video/mp4"));

        Assert.Equal("video/mp4 film", await CallAsync(server, "Download"));

        var request = Assert.Single(server.Requests);
        Assert.Contains("\r\nAccept: video/mp4\r\n", request);
        Assert.DoesNotContain("secret", request);
    }

    [Fact]
    public async Task Parts_of_a_form_go_as_files_values_and_JSON()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "true"));

        Assert.Equal("done", await CallAsync(server, "Upload"));

        var request = Assert.Single(server.Requests);
        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=", request);
        foreach (var part in new[]
        {
            "name=\"file\"; filename=\"clip.mp4\"\r\nContent-Type: video/mp4\r\n\r\nmp4\r\n", "name=\"frames\"; filename=\"1.png\"",
            "name=\"frames\"; filename=\"2.png\"", "name=\"title\"\r\n\r\nClip\r\n",
            "name=\"cut\"\r\nContent-Type: application/json\r\n\r\n{\"from\":1,\"to\":2}\r\n", "name=\"labels\"\r\n\r\na\r\n", "name=\"labels\"\r\n\r\nb\r\n",
            "name=\"thumbnail\"; filename=\"t.jpg\"",
        })
        {
            Assert.Contains(part, request);
        }
    }

    [Fact]
    public async Task One_response_in_two_forms_is_two_methods()
    {
        await using var server =
            new FakeServer(FakeServer.Reply(200, """{"text":"hi"}"""), FakeServer.Reply(200, "data: hi\n\n", "Content-Type: text/event-stream"));

        Assert.Equal("hi", await CallAsync(server, "Chat"));
        Assert.Equal("data: hi\n\n", await CallAsync(server, "ChatStream"));

        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", server.Requests[0]);
        Assert.EndsWith("text=a%20b%26c&tags=1&tags=2", server.Requests[0]);
        Assert.Contains("\r\nAccept: text/event-stream\r\n", server.Requests[1]);
    }

    [Theory]
    [InlineData("Report", "a,b\n", "a,b\n", "GET /report HTTP/1.1")]
    [InlineData("Tags", """[{"name":"x"},{"name":"y"}]""", "x,y", "GET /tags HTTP/1.1")]
    [InlineData("PutTags", """{"message":"no"}""", "problem no", "PUT /tags HTTP/1.1")]
    [InlineData("PutTags", Clip, "c1", "PUT /tags HTTP/1.1")]
    public async Task Text_lists_and_alternatives_are_responses_too(string call, string response, string expected, string line)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, response));

        Assert.Equal(expected, await CallAsync(server, call));

        Assert.StartsWith(line + "\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Bytes_and_text_are_bodies_too()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, ""));

        Assert.Equal("done", await CallAsync(server, "Raw"));

        Assert.Contains("\r\nContent-Type: application/octet-stream\r\n", server.Requests[0]);
        Assert.EndsWith("bytes", server.Requests[0]);
        Assert.Contains("\r\nContent-Type: text/plain; charset=utf-8\r\n", server.Requests[1]);
        Assert.EndsWith("né", server.Requests[1]);
    }

    /// <summary>Runs one of the calls in the user's code.</summary>
    private static async Task<string> CallAsync(FakeServer server, string call)
    {
        using var client = (ApiClient)Activator.CreateInstance(
            _assembly.Value.GetType("Demo.Models.StudioClient", throwOnError: true)!,
            new ApiClientOptions { BaseUrl = server.Url, ApiKey = "secret", Attempts = 1 })!;
        return await (Task<string>)_assembly.Value.GetType("Calls")!.GetMethod(call)!.Invoke(null, [client])!;
    }
}
