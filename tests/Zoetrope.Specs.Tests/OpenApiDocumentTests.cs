using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

public class OpenApiDocumentTests
{
    private static readonly EndpointDescription _endpoint = Clean(TestFiles.FalOpenApi);

    [Fact]
    public void The_vendored_document_names_its_endpoint()
    {
        Assert.Equal(SpecKind.OpenApi, SpecReader.Read(TestFiles.FalOpenApi).Document!.Kind);
        Assert.Equal("fal", _endpoint.Provider);
        Assert.Equal("fal-ai/kling-video/o3/pro/image-to-video", _endpoint.Id);
        Assert.Equal("image-to-video", _endpoint.Category);
        Assert.Equal("https://queue.fal.run", _endpoint.Service.BaseUrl);
        Assert.Null(_endpoint.Title);
        Assert.Empty(_endpoint.WordedRules());
    }

    [Fact]
    public void Its_input_has_every_property_in_the_preferred_order()
    {
        var input = _endpoint.Input!;

        Assert.Equal("/components/schemas/KlingVideoO3ProImageToVideoInput", input.Pointer);
        Assert.Equal(SchemaTypes.Object, input.Types);
        Assert.Equal(["prompt", "image_url", "end_image_url", "duration", "generate_audio", "multi_prompt", "shot_type"], input.Names());
        Assert.Equal(["image_url"], input.RequiredNames());
        Assert.Equal(SchemaTypes.String | SchemaTypes.Null, input.Property("prompt").Types);
        Assert.Equal(2500, input.Property("prompt").MaxLength);
        Assert.Equal("Prompt", input.Property("prompt").Title);
        Assert.Equal(Enumerable.Range(3, 13).Select(i => $"\"{i}\""), input.Property("duration").Enum.Jsons());
        Assert.Equal("\"5\"", input.Property("duration").Default!.Json);
        Assert.Equal(SchemaTypes.Boolean, input.Property("generate_audio").Types);
        Assert.Equal("false", input.Property("generate_audio").Default!.Json);
        Assert.Equal(["customize"], input.Property("shot_type").Enum.Texts());
    }

    [Fact]
    public void Nullable_arrays_and_file_limits_survive_the_folding()
    {
        var shots = _endpoint.Input!.Property("multi_prompt");
        Assert.Equal(SchemaTypes.Array | SchemaTypes.Null, shots.Types);
        Assert.Equal("KlingV3MultiPromptElement", shots.Items!.Ref);
        Assert.Empty(shots.AnyOf);

        var limits = new FileLimits { MaxFileSize = 10485760, MinWidth = 300, MinHeight = 300, MinAspectRatio = "0.4", MaxAspectRatio = "2.5" };
        Assert.Equal(limits, _endpoint.Input!.Property("image_url").File);
        Assert.Equal(limits, _endpoint.Input!.Property("end_image_url").File);
        Assert.True(_endpoint.Input!.Property("end_image_url").Nullable);
    }

    [Fact]
    public void What_input_and_output_refer_to_is_read_and_the_queue_status_is_not()
    {
        Assert.Equal(["KlingV3MultiPromptElement", "File"], _endpoint.Schemas.Select(schema => schema.Name));
        Assert.Equal(["prompt"], _endpoint.Named("KlingV3MultiPromptElement").RequiredNames());
        Assert.Equal(15, _endpoint.Named("KlingV3MultiPromptElement").Property("duration").Enum.Count);
        Assert.Equal(["url", "content_type", "file_name", "file_size"], _endpoint.Named("File").Names());
        Assert.Equal(SchemaTypes.Integer | SchemaTypes.Null, _endpoint.Named("File").Property("file_size").Types);

        var video = _endpoint.Output!.Property("video");
        Assert.Equal("File", video.Ref);
        Assert.Equal("The finished video.", video.Description);
        Assert.Equal(["video"], _endpoint.Output!.RequiredNames());
    }

    [Fact]
    public void Equal_documents_give_equal_descriptions_wherever_their_white_space_is()
    {
        var compact = TestFiles.FalOpenApi.Replace("\n", "\r\n\t", StringComparison.Ordinal);

        Assert.Equal(SpecReader.Read(TestFiles.FalOpenApi).Document, SpecReader.Read(compact).Document);
        Assert.Equal(SpecReader.Read(TestFiles.FalOpenApi).Document, SpecReader.Read("\uFEFF" + TestFiles.FalOpenApi).Document);
    }

    [Theory]
    [InlineData("\"post\": {\n        \"parameters\"", "'post' at '/fal-ai/kling-video/o3/pro/image-to-video'")]
    [InlineData("\"requestBody\": {\n          \"required\": true,\n          \"content\"", "schema of the JSON request body")]
    [InlineData("requests/{request_id}\": {", "'get' at '/fal-ai/kling-video/o3/pro/image-to-video/requests/{request_id}'")]
    public void A_missing_part_is_an_error_with_its_name(string part, string name)
    {
        var damaged =
            TestFiles.FalOpenApi.Replace(part, part.Replace("post", "pos", StringComparison.Ordinal).Replace("content", "conten", StringComparison.Ordinal)
            .Replace("{request_id}\"", "{id}\"", StringComparison.Ordinal), StringComparison.Ordinal);

        var problem = Problem(damaged, Problems.OpenApiMissing);
        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
        Assert.True(Line(damaged, problem) > 1);
    }

    [Fact]
    public void A_request_without_body_takes_nothing()
    {
        const string Body = """{"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"}}}}}""";
        var input = Clean(WithValue("true").Replace(Body, "{}", StringComparison.Ordinal)).Input!;

        Assert.Equal(SchemaTypes.Object, input.Types);
        Assert.Empty(input.Properties);
    }

    [Fact]
    public void Without_metadata_the_path_and_the_server_tell_endpoint_and_provider()
    {
        var text =
            WithValue("true").Replace(", \"x-fal-metadata\": {\"endpointId\": \"fal-ai/test\", \"category\": \"text-to-image\"}", "", StringComparison.Ordinal);
        Assert.Equal("fal-ai/test", Clean(text).Id);
        Assert.Equal("fal", Clean(text).Provider);

        var elsewhere = text.Replace("queue.fal.run", "example.com", StringComparison.Ordinal);
        Assert.Equal(Problems.UnknownProvider, Assert.Single(SpecReader.Read(elsewhere).Problems).Kind);
        Assert.Equal("fal", SpecReader.Read(elsewhere, "fal").Document!.Endpoint!.Provider);
        Assert.Equal("fal", SpecReader.Read(text, "eachlabs").Document!.Endpoint!.Provider);
    }

    [Fact]
    public void A_document_for_direct_runs_gives_its_output_as_the_response()
    {
        const string Text = """
            {"openapi": "3.1.0", "info": {}, "servers": [{"url": "https://fal.run/"}], "paths": {"/fal-ai/fast": {"post": {
              "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}},
              "responses": {"200": {"content": {"application/json; charset=utf-8": {"schema": {"type": "object", "properties": {"b": {"type": "string"}}}}}}}}}}}
            """;

        Assert.Equal(["a"], Clean(Text).Input!.Names());
        Assert.Equal(["b"], Clean(Text).Output!.Names());
        Assert.Equal("/paths/~1fal-ai~1fast/post/requestBody/content/application~1json/schema/properties/a", Clean(Text).Input!.Property("a").Pointer);
    }

    [Fact]
    public void The_words_of_a_rule_count_in_a_document_too()
    {
        var endpoint = Clean(
            WithInput("""{"properties":{"a":{"type":"string","description":"Either `a` or `b` must be provided, but not both."},"b":{"type":"string"}}}"""));

        Assert.Equal(ParameterRuleKind.ExactlyOne, Assert.Single(endpoint.WordedRules()).Kind);
        Assert.Equal("/components/schemas/Input/properties/a", endpoint.WordedRules()[0].Pointer);
    }

    [Theory]
    [InlineData("""{"openapi":"3.1.0","info":{"title":"A"},"paths":{}}""", "ZT0014", ProblemSeverity.Info)]
    [InlineData("""{"openapi":"3.1.0","info":{"title":"A"},"components":{"schemas":{"B":{}}}}""", "ZT0014", ProblemSeverity.Info)]
    [InlineData("""{"openapi":"4.0.0","info":{}}""", "ZT0013", ProblemSeverity.Error)]
    [InlineData("""{"swagger":"2.0"}""", "ZT0013", ProblemSeverity.Error)]
    [InlineData("""{"openapi":3}""", "ZT0013", ProblemSeverity.Error)]
    public void Other_documents_give_one_clear_problem(string text, string id, ProblemSeverity severity)
    {
        var reading = SpecReader.Read(text);

        Assert.Null(reading.Document);
        Assert.Equal((id, severity), (Assert.Single(reading.Problems).Kind.Id, reading.Problems[0].Kind.Severity));
    }

    [Fact]
    public void A_broken_document_is_reported_at_its_line()
    {
        var text = TestFiles.FalOpenApi.Replace("\"x-fal-metadata\": {", "\"x-fal-metadata\": {,", StringComparison.Ordinal);
        var reading = SpecReader.Read(text);

        Assert.Null(reading.Document);
        Assert.Equal(7, Line(text, Assert.Single(reading.Problems)));
    }
}
