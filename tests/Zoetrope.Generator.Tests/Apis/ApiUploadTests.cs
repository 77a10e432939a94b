using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Parts of forms that are files or something else, against a real socket.</summary>
public class ApiUploadTests
{
    private const string File = """{"type": "string", "format": "binary"}""";

    private const string Files = """{"type": "array", "maxItems": 2, "items": {"type": "string", "format": "binary"}}""";

    private const string Uri = """{"type": "string", "format": "uri", "maxLength": 30}""";

    private static readonly Spec _document = ApiDocuments.Of(
        string.Join(
            ",",
            Form("edit", $"\"image\": {{\"anyOf\": [{File}, {Files}]}}", "image"),
            Form("speech", $"\"file\": {{\"oneOf\": [{File}, {Uri}]}}, \"model\": {{\"type\": \"string\"}}", "file"),
            Form(
                "video",
                $"\"input\": {{\"oneOf\": [{File}, {{\"$ref\": \"#/components/schemas/Reference\"}}]}}",
                more: "\"application/json\": {\"schema\": {\"type\": \"object\", \"properties\": {\"input\": {\"$ref\": \"#/components/schemas/Reference\"}}}},"),
            Form("inline", $"\"input\": {{\"anyOf\": [{File}, {{\"type\": \"object\", \"required\": [\"url\", \"w\"], \"properties\": {{\"url\": {{\"type\": \"string\"}}, \"w\": {{\"type\": \"integer\", \"minimum\": 1}}}}}}, {{\"type\": \"null\"}}]}}"),
            Form("skill", $"\"files\": {{\"oneOf\": [{Files}, {File}]}}", "files"),
            Form("many", $"\"files\": {{\"oneOf\": [{Files}, {File}, {Uri}]}}"),
            Form("each", $"\"files\": {{\"type\": \"array\", \"maxItems\": 2, \"items\": {{\"anyOf\": [{File}, {Uri}]}}}}"),
            Form("several", $"\"file\": {{\"anyOf\": [{File}, {Uri}, {{\"type\": \"integer\", \"maximum\": 9}}]}}"),
            Form("named", "\"image\": {\"$ref\": \"#/components/schemas/ImageParam\"}"),
            Form("types", "\"file\": {\"type\": [\"string\", \"integer\", \"null\"], \"format\": \"binary\"}"),
            Form("words", "\"file\": {\"anyOf\": [{\"description\": \"Binary content of the file\"}, {\"type\": \"boolean\"}]}"),
            Form("nullable", $"\"file\": {{\"anyOf\": [{File}, {{\"type\": \"null\"}}]}}"),
            Form("media", $"\"file\": {{\"anyOf\": [{{\"type\": \"string\", \"contentMediaType\": \"image/png\"}}, {Uri}]}}"),
            Form("list", "\"file\": {\"anyOf\": [" + File + ", {\"type\": \"array\", \"items\": {\"type\": \"string\"}}]}"),
            Alternatives()),
        $$"""
        "Reference": {"type": "object", "required": ["file_id"], "properties": {"file_id": {"type": "string", "minLength": 2} } },
        "ImageParam": {"anyOf": [{{File}}, {{Files}}]}
        """).Replace("\"3.0.3\"", "\"3.1.0\"");

    private static readonly ApiCalls _calls = new(
        _document,
        """
            private static async Task<string> Done(Task call) { await call; return "done"; }
            private static readonly UploadFile A = Bytes("A", "a.png"), B = Bytes("B", "b.png");
            public static Task<string> EditOne(DemoClient demo) => Done(demo.EditAsync(new() { Image = A }));
            public static Task<string> EditTwo(DemoClient demo) => Done(demo.EditAsync(new() { Image = [A, B] }));
            public static Task<string> EditArray(DemoClient demo) => Done(demo.EditAsync(new() { Image = new[] { A, B } }));
            public static Task<string> EditThree(DemoClient demo) => Done(demo.EditAsync(new() { Image = [A, B, A] }));
            public static Task<string> EditNone(DemoClient demo) => Done(demo.EditAsync(new() { Image = null! }));
            public static Task<string> SpeechFile(DemoClient demo) => Done(demo.SpeechAsync(new() { File = A, Model = "m" }));
            public static Task<string> SpeechUrl(DemoClient demo) => Done(demo.SpeechAsync(new() { File = "https://a.example/b" }));
            public static Task<string> SpeechLong(DemoClient demo) => Done(demo.SpeechAsync(new() { File = "https://a.example/" + new string('x', 30) }));
            public static Task<string> SpeechTwo(DemoClient demo) => Done(demo.SpeechAsync(new() { File = [A, B] }));
            public static Task<string> VideoFile(DemoClient demo) => Done(demo.VideoAsync(new() { Input = A }));
            public static Task<string> VideoReference(DemoClient demo) => Done(demo.VideoAsync(new() { Input = new Demo.Models.Demo.Reference { FileId = "f1" } }));
            public static Task<string> VideoBad(DemoClient demo) => Done(demo.VideoAsync(new() { Input = new Demo.Models.Demo.Reference { FileId = "f" } }));
            public static Task<string> VideoNothing(DemoClient demo) => Done(demo.VideoAsync(new() { }));
            public static Task<string> InlineObject(DemoClient demo) => Done(demo.InlineAsync(new() { Input = new Demo.Models.Demo.Inline.Input { Url = "u", W = 1 } }));
            public static Task<string> InlineFile(DemoClient demo) => Done(demo.InlineAsync(new() { Input = A }));
            public static Task<string> InlineBad(DemoClient demo) => Done(demo.InlineAsync(new() { Input = new Demo.Models.Demo.Inline.Input { Url = "u", W = 0 } }));
            public static Task<string> Skill(DemoClient demo) => Done(demo.SkillAsync(new() { Files = new List<UploadFile> { A, B } }));
            public static Task<string> ManyFiles(DemoClient demo) => Done(demo.ManyAsync(new() { Files = [A, B] }));
            public static Task<string> ManyThree(DemoClient demo) => Done(demo.ManyAsync(new() { Files = [A, B, A] }));
            public static Task<string> ManyUrl(DemoClient demo) => Done(demo.ManyAsync(new() { Files = "https://a.example/b" }));
            public static Task<string> Each(DemoClient demo) => Done(demo.EachAsync(new() { Files = [A, "https://a.example/b"] }));
            public static Task<string> EachBad(DemoClient demo) => Done(demo.EachAsync(new() { Files = [A, "https://a.example/" + new string('x', 30)] }));
            public static Task<string> SeveralNumber(DemoClient demo) => Done(demo.SeveralAsync(new() { File = (Demo.Models.Demo.Several.File)5 }));
            public static Task<string> SeveralFile(DemoClient demo) => Done(demo.SeveralAsync(new() { File = A }));
            public static Task<string> SeveralBad(DemoClient demo) => Done(demo.SeveralAsync(new() { File = (Demo.Models.Demo.Several.File)10 }));
            public static Task<string> Named(DemoClient demo) => Done(demo.NamedAsync(new() { Image = [A] }));
            public static Task<string> TypesFile(DemoClient demo) => Done(demo.TypesAsync(new() { File = A }));
            public static Task<string> TypesNumber(DemoClient demo) => Done(demo.TypesAsync(new() { File = 5 }));
            public static Task<string> WordsFile(DemoClient demo) => Done(demo.WordsAsync(new() { File = A }));
            public static Task<string> WordsFalse(DemoClient demo) => Done(demo.WordsAsync(new() { File = false }));
            public static Task<string> Nullable(DemoClient demo) { UploadFile? file = A; return Done(demo.NullableAsync(new() { File = file })); }
            public static Task<string> Media(DemoClient demo) => Done(demo.MediaAsync(new() { File = A }));
            public static Task<string> ListFile(DemoClient demo) => Done(demo.ListAsync(new() { File = A }));
            public static Task<string> ListTexts(DemoClient demo) => Done(demo.ListAsync(new() { File = UploadFileOr<IReadOnlyList<string>>.From(["x", "y"]) }));
            public static Task<string> JoinedFile(DemoClient demo) => Done(demo.JoinedAsync(new() { Model = "m", File = A }));
            public static Task<string> JoinedUrl(DemoClient demo) => Done(demo.JoinedAsync(new() { Model = "m", Url = "u" }));
            public static Task<string> Unset(DemoClient demo) { string? url = null; return Done(demo.ManyAsync(new() { Files = url })); }
        """);

    [Theory]
    [InlineData("EditOne", "image|image/png|A")]
    [InlineData("EditTwo", "image|image/png|A", "image|image/png|B")]
    [InlineData("EditArray", "image|image/png|A", "image|image/png|B")]
    [InlineData("SpeechFile", "file|image/png|A", "model||m")]
    [InlineData("SpeechUrl", "file||https://a.example/b")]
    [InlineData("VideoFile", "input|image/png|A")]
    [InlineData("VideoReference", "input|application/json|{\"file_id\":\"f1\"}")]
    [InlineData("VideoNothing")]
    [InlineData("InlineFile", "input|image/png|A")]
    [InlineData("InlineObject", "input|application/json|{\"url\":\"u\",\"w\":1}")]
    [InlineData("Skill", "files|image/png|A", "files|image/png|B")]
    [InlineData("ManyFiles", "files|image/png|A", "files|image/png|B")]
    [InlineData("ManyUrl", "files||https://a.example/b")]
    [InlineData("Each", "files|image/png|A", "files||https://a.example/b")]
    [InlineData("SeveralFile", "file|image/png|A")]
    [InlineData("SeveralNumber", "file||5")]
    [InlineData("Named", "image|image/png|A")]
    [InlineData("TypesFile", "file|image/png|A")]
    [InlineData("TypesNumber", "file||5")]
    [InlineData("WordsFile", "file|image/png|A")]
    [InlineData("WordsFalse", "file||false")]
    [InlineData("Nullable", "file|image/png|A")]
    [InlineData("Media", "file|image/png|A")]
    [InlineData("ListFile", "file|image/png|A")]
    [InlineData("ListTexts", "file||x", "file||y")]
    [InlineData("JoinedFile", "model||m", "file|image/png|A")]
    [InlineData("JoinedUrl", "model||m", "url||u")]
    [InlineData("Unset")]
    public async Task A_part_is_sent_as_the_alternative_that_is_given(string call, params string[] parts)
    {
        await using var server = new FakeServer(Reply(204, ""));

        Assert.Equal("done", await _calls.RunAsync(server, call));

        var request = Assert.Single(server.Requests);
        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=", request);
        Assert.Equal(parts, ApiFormTests.PartsOf(request));
    }

    [Theory]
    [InlineData("EditThree", "image")]
    [InlineData("EditNone", "image")]
    [InlineData("SpeechLong", "file")]
    [InlineData("SpeechTwo", "file")]
    [InlineData("VideoBad", "input.file_id")]
    [InlineData("InlineBad", "input.w")]
    [InlineData("ManyThree", "files")]
    [InlineData("EachBad", "files[1]")]
    [InlineData("SeveralBad", "file")]
    public async Task A_part_is_checked_as_what_it_is_before_anything_is_sent(string call, string path)
    {
        await using var server = new FakeServer();

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => _calls.RunAsync(server, call));

        Assert.Equal(path, Assert.Single(exception.Result.Issues).Path);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void What_is_left_out_is_reported_and_no_type_of_texts_is_made_of_files()
    {
        var reported = _calls.Generated.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage().Split('\'')[1])).Order();

        Assert.Equal([("ZT0118", "POST /joined"), ("ZT0133", "POST /video")], reported);
        Assert.DoesNotContain("ImageParam", _calls.Generated.Source("Demo.Models.Demo.g.cs"));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    public void It_compiles_in_older_language_versions(LanguageVersion version) => Assert.NotEmpty(new Project([_document], version).Run().Image());

    private static string Form(string id, string properties, string? required = null, string more = "") =>
        $$"""
        "/{{id}}": {"post": {"operationId": "{{id}}", "requestBody": {"required": true, "content": { {{more}} "multipart/form-data": {"schema": {"type": "object", {{(required is null ? "" : $"\"required\": [\"{required}\"],")}} "properties": { {{properties}} } } } } }, "responses": {"204": {"description": "d"} } } }
        """;

    private static string Alternatives() =>
        $$"""
        "/joined": {"post": {"operationId": "joined", "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {"oneOf": [
          {"type": "object", "required": ["model", "file"], "properties": {"model": {"type": "string"}, "file": {{File}} } },
          {"type": "object", "required": ["model", "url"], "properties": {"model": {"type": "string"}, "url": {"type": "string"} } }] } } } }, "responses": {"204": {"description": "d"} } } }
        """;
}
