using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Tooling;

namespace Zoetrope.Generator.Tests;

/// <summary>What changes of newer parts of OpenAPI mean for the generated code, with their positions.</summary>
public class ApiChangeTests
{
    private const string Event = """
        {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string", "contentMediaType": "application/json",
          "contentSchema": {"$ref": "#/components/schemas/Clip"} } } }
        """;

    private static readonly Spec _former = ApiDocuments.Of(
        $$"""
        "/clips": {
          "query": {"operationId": "searchClips", "responses": {"204": {"description": ""} } },
          "additionalOperations": {
            "COPY": {"operationId": "copyClips", "summary": "Copies", "description": "A copy costs $0.12 a second.", "responses": {"204": {"description": ""} } } } },
        "/files/{path}": {"get": {"operationId": "getFile", "responses": {"204": {"description": ""} }, "parameters": [
          {"name": "path", "in": "path", "required": true, "x-multi-segment": true, "schema": {"type": "string"} }]} },
        "/events": {"get": {"operationId": "watch", "responses": {"200": {"description": "", "content": {"text/event-stream": {
          "itemSchema": {{Event}} } } } } } },
        "/tree": {"get": {"operationId": "getTree", "responses": {"200": {"description": "", "content": {"application/json": {
          "schema": {"$ref": "#/components/schemas/Tree"} } } } } } }
        """,
        """
        "Clip": {"type": "object", "properties": {
          "id": {"type": "string"}, "state": {"type": "string", "enum": ["a", "b"], "x-enum-varnames": ["First", "Last"], "x-enum-descriptions": ["One.", "Two."]} } },
        "Tree": {"$dynamicAnchor": "node", "type": "object", "properties": {
          "children": {"type": "array", "items": {"$dynamicRef": "#node"} } } }
        """,
        more: """
        "webhooks": {
          "clip.ready": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {
            "clip": {"type": "string"} } } } } } } } },
        """).Replace("\"3.0.3\"", "\"3.2.0\"");

    [Theory]
    [InlineData("\"query\": {", "\"x-query\": {", "breaking DemoClient.SearchClipsAsync: the method was removed")]
    [InlineData("\"COPY\": {", "\"MOVE\": {", "compatible DemoClient.CopyClipsAsync: the request was COPY /clips and is MOVE /clips")]
    [InlineData("\"x-multi-segment\": true", "\"x-multi-segment\": false", "compatible DemoClient.GetFileAsync: the number of segments of 'path' was several and is one")]
    [InlineData("\"id\": {\"type\": \"string\"}", "\"name\": {\"type\": \"string\"}", "breaking Demo.Clip.Id: the member was removed")]
    [InlineData("\"x-enum-descriptions\": [\"One.\", \"Two.\"]", "\"x-enum-descriptions\": [\"One.\", \"2.\"]", "documentation Demo.ClipState.Last: its documentation")]
    [InlineData("\"enum\": [\"a\", \"b\"], \"x-enum-varnames\": [\"First\", \"Last\"]", "\"enum\": [\"a\"], \"x-enum-varnames\": [\"First\"]", "breaking Demo.ClipState.Last: the value was removed")]
    [InlineData("\"$dynamicRef\": \"#node\"", "\"$ref\": \"#/components/schemas/Clip\"", "breaking Demo.Tree.Children: the type was")]
    [InlineData("\"itemSchema\":", "\"schema\":", "breaking DemoClient.WatchAsync: the type was IAsyncEnumerable")]
    [InlineData("\"contentSchema\": {\"$ref\": \"#/components/schemas/Clip\"}", "\"contentSchema\": {\"type\": \"integer\"}", "breaking Demo.Watch.Item.Data: the type was")]
    [InlineData("\"text/event-stream\"", "\"application/jsonl\"", "compatible DemoClient.WatchAsync: the format of the items was Event and is JsonLines")]
    [InlineData("\"event\": {\"type\": \"string\"}", "\"event\": {\"const\": \"a\"}", "compatible DemoClient.WatchAsync: the data of the events was others: Json, Optional and is a: ")]
    [InlineData("\"clip.ready\"", "\"clip.done\"", "breaking Demo.Webhooks.ReadClipReady: the method was removed")]
    [InlineData("\"clip\": {\"type\": \"string\"}", "\"clip\": {\"type\": \"integer\"}", "breaking Demo.ClipReadyPayload.Clip: the type was")]
    [InlineData("$0.12 a second", "$0.15 a second", "documentation DemoClient.CopyClipsAsync: the price in the description was $0.12 and is $0.15")]
    [InlineData("$0.12 a second", "$0.12 a minute", "documentation DemoClient.CopyClipsAsync: the description changed")]
    public void A_change_is_reported_with_what_it_means(string old, string replacement, string expected)
    {
        var latter = _former.Replace(old, replacement);

        var changes = SpecDiff.Between(
            [new(_former.Path, _former.Text)], [new(latter.Path, latter.Text)], TestContext.Current.CancellationToken).Changes;

        var texts = changes.Select(change => $"{change.Impact.ToString().ToLowerInvariant()} {change.Symbol}: {change.Message}").ToList();
        Assert.Contains(texts, text => text.StartsWith(expected, StringComparison.Ordinal));
        Assert.All(changes, change => Assert.Equal("specs/demo.json", change.Path));
    }

    [Fact]
    public void Several_segments_refuse_values_that_one_had()
    {
        var former = _former.Replace("\"x-multi-segment\": true, ", "");

        var changes = SpecDiff.Between([new(former.Path, former.Text)], [new(_former.Path, _former.Text)], TestContext.Current.CancellationToken).Changes;
        var change = Assert.Single(changes, change => change.Impact != ChangeImpact.Documentation);

        Assert.Equal(
            (ChangeImpact.Breaking, "DemoClient.GetFileAsync", "the number of segments of 'path' was one and is several"),
            (change.Impact, change.Symbol, change.Message));
    }

    [Theory]
    [InlineData("\"COPY\": {", "\"MOVE\": {", "DemoClient.CopyClipsAsync", "\"MOVE\"")]
    [InlineData("\"clip\": {\"type\": \"string\"}", "\"clip\": {\"type\": \"integer\"}", "Demo.ClipReadyPayload.Clip", "\"clip\": {")]
    public void It_is_located_where_the_document_says_it(string old, string replacement, string symbol, string place)
    {
        var latter = _former.Replace(old, replacement);

        var change = SpecDiff.Between([new(_former.Path, _former.Text)], [new(latter.Path, latter.Text)], TestContext.Current.CancellationToken).Changes
            .First(change => change.Symbol == symbol && change.Impact != ChangeImpact.Documentation);

        Assert.Equal(latter.PlaceOf(place).Line, change.Start.Line);
    }
}
