using System.Text.RegularExpressions;

namespace Zoetrope.Generator.Tests;

/// <summary>Which operations are recognized as lists that come page by page, and which are not certain enough.</summary>
public partial class PagingShapeTests
{
    [Theory]
    [InlineData("cursor: string; limit: integer", "next_cursor: string?; has_more: boolean", """Cursor("cursor")""")]
    [InlineData("cursor: string", "nextCursor: string?; hasMore: boolean", """Cursor("cursor")""")]
    [InlineData("cursor: string?", "next_cursor: string?", """Cursor("cursor")""")]
    [InlineData("next_page_token: string", "next_page_token: string?; has_more: boolean; total_count: integer", """Cursor("next_page_token")""")]
    [InlineData("pageToken: string; pageSize: integer", "nextPageToken: string", """Cursor("pageToken")""")]
    [InlineData("start_cursor: string", "next_cursor: string?; has_more: boolean", """Cursor("start_cursor")""")]
    [InlineData("pagination_token: string", "pagination_token: string?", """Cursor("pagination_token")""")]
    [InlineData("last_doc: string", "next_doc: string?; has_more: boolean", """Cursor("last_doc")""")]
    [InlineData("after: string; limit: integer; order: string", "first_id: string; last_id: string; has_more: boolean", """Cursor("after")""")]
    [InlineData("start_after_thing_id: string", "last_thing_id: string?; has_more: boolean", """Cursor("start_after_thing_id")""")]
    [InlineData("cursor: string", "cursor: string?; has_more: boolean", """Cursor("cursor")""")]
    [InlineData("page: integer", "next_page: integer?", """Cursor("page")""")]
    [InlineData("limit: integer", """next: {"type": ["string", "null"], "format": "uri"}; previous: string?""", "Url")]
    [InlineData("limit: integer", """next: {"type": "string", "description": "The URL of the next page."}""", "Url")]
    [InlineData("limit: integer", "next_page_url: string?", "Url")]
    [InlineData("limit: integer; offset: integer", "total_count: integer", """Offset("offset")""")]
    [InlineData("limit: integer; offset: integer", "has_more: boolean; count: integer; limit: integer; offset: integer", """Offset("offset")""")]
    [InlineData("""page: {"type": "integer", "minimum": 1}; page_size: integer""", "has_more: boolean", """Number("page", 1)""")]
    [InlineData("""page: {"type": "integer", "default": 0, "minimum": 0}""", "total_pages: integer", """Number("page", 0)""")]
    [InlineData("""page: {"type": "integer", "exclusiveMinimum": 0}""", "last_page: integer", """Number("page", 1)""")]
    [InlineData("""limit: integer; offset: {"type": "integer", "default": 1}""", "total: integer", """Offset("offset", 1)""")]
    [InlineData("cursor: string", """next_cursor: {"type": "string", "description": "A base64url text."}""", """Cursor("cursor")""")]
    [InlineData("cursor: string", """next_cursor: string?; paging: {"type": "object", "properties": {"size": {"type": "integer"}}}""", """Cursor("cursor")""")]
    public void What_is_certain_has_a_method_over_all_items(string parameters, string members, string position)
    {
        var generated = new Project([PagedApi.Of(parameters, members)]).Run();

        Assert.Empty(generated.Errors());
        var source = generated.Sources["Demo.Models.Demo.ListThings.g.cs"];
        Assert.Contains("IAsyncEnumerable<Demo.Thing> EnumerateThingsAsync(", source, StringComparison.Ordinal);
        Assert.Contains($"PagePosition.{position},", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit: integer", "next_cursor: string?; has_more: boolean")]
    [InlineData("cursor: string", "has_more: boolean")]
    [InlineData("cursor: string", "next_cursor: integer?; has_more: boolean")]
    [InlineData("""cursor: {"type": "string", "format": "date-time", "enum": ["a", "b"]}""", "next_cursor: string?")]
    [InlineData("cursor: string", "cursor: string?")]
    [InlineData("after: string", "last_id: string")]
    [InlineData("created_after: string; limit: integer", "last_id: string; has_more: boolean")]
    [InlineData("limit: integer; offset: integer", "limit: integer; offset: integer")]
    [InlineData("offset: integer", "total: integer")]
    [InlineData("page: integer; page_size: integer", "has_more: boolean")]
    [InlineData("""page: {"type": "integer", "minimum": 1}; page_size: integer""", "total_count: integer")]
    [InlineData("""page: {"type": "integer", "minimum": 1, "description": "Only used when search is given."}""", "has_more: boolean")]
    [InlineData("limit: integer", "next: string?; previous: string?")]
    [InlineData("""limit: integer; cursor: {"type": "array", "items": {"type": "string"}}""", "next_cursor: string?")]
    [InlineData("cursor: string; start_cursor: string", "next_token: string?; has_more: boolean")]
    [InlineData("id: string; limit: integer", "next_id: string?")]
    [InlineData("page_id: string; limit: integer", "next_id: string?")]
    [InlineData("tier: string", "next_tier: string?")]
    [InlineData("after: string", "last_updated: string; has_more: boolean")]
    [InlineData("scroll_id: string", "scroll_id: string?")]
    [InlineData("after: string; page_token: string", "last_id: string; next_token: string?; has_more: boolean")]
    [InlineData("limit: integer", """next: {"type": "string", "description": "The URL-safe token of the next page."}""")]
    [InlineData("limit: integer", """next: {"type": "string", "description": "See the curl example."}""")]
    [InlineData("""page: {"type": "integer", "minimum": 0}""", "last_page: integer")]
    [InlineData("""limit: integer; offset: {"type": "integer", "description": "The number of pages to skip."}""", "has_more: boolean")]
    [InlineData("limit: integer; offset: integer", """total: integer; voices: {"type": "object", "additionalProperties": {"type": "string"}}""")]
    public void What_is_not_certain_has_none(string parameters, string members) =>
        Assert.Empty(MethodsOf(new Project([PagedApi.Of(parameters, members)]).Run()));

    [Fact]
    public void A_cursor_that_must_be_given_is_not_for_pages()
    {
        var spec = PagedApi.Of("cursor: string", "next_cursor: string?");
        var required = spec with { Text = spec.Text.Replace("\"in\": \"query\"", "\"in\": \"query\", \"required\": true", StringComparison.Ordinal) };

        Assert.NotEmpty(MethodsOf(new Project([spec]).Run()));
        Assert.Empty(MethodsOf(new Project([required]).Run()));
    }

    [Fact]
    public void A_page_with_several_lists_is_given_whole()
    {
        var spec = PagedApi.Of("cursor: string", """next_cursor: string?; groups: {"type": "array", "items": {"type": "string"}}""");

        var generated = new Project([spec]).Run();

        Assert.Empty(generated.Errors());
        Assert.Equal(["EnumerateThingsPagesAsync"], MethodsOf(generated));
    }

    [Theory]
    [InlineData("""next_cursor: string?; voices: {"type": "object", "additionalProperties": {"type": "string"}}""")]
    [InlineData("""next_cursor: string?; result: {"type": "object", "properties": {"models": {"type": "array", "items": {"type": "string"}}}}""")]
    public void A_page_whose_items_may_be_elsewhere_is_given_whole(string members) =>
        Assert.Equal(["EnumerateThingsPagesAsync"], MethodsOf(new Project([PagedApi.Of("cursor: string", members)]).Run()));

    [Theory]
    [InlineData("warnings")]
    [InlineData("links")]
    public void What_stands_beside_the_items_is_not_enumerated(string list)
    {
        var spec = PagedApi.Of("cursor: string", "next_cursor: string?");
        var beside = spec with { Text = spec.Text.Replace("\"things\"", $"\"{list}\"", StringComparison.Ordinal) };

        Assert.Equal(["EnumerateThingsPagesAsync"], MethodsOf(new Project([beside]).Run()));
    }

    [Theory]
    [InlineData("createThings", "200", false)]
    [InlineData("searchThings", "200", true)]
    [InlineData("thingsQuery", "200", true)]
    [InlineData("searchThings", "201", false)]
    public void A_post_has_pages_where_it_only_reads(string id, string status, bool isPaged)
    {
        var spec = PagedApi.Of("cursor: string", "next_cursor: string?", "post");
        var text = spec.Text.Replace("listThings", id, StringComparison.Ordinal).Replace("\"200\"", $"\"{status}\"", StringComparison.Ordinal);

        Assert.Equal(isPaged ? 1 : 0, MethodsOf(new Project([spec with { Text = text }]).Run()).Count);
    }

    [Fact]
    public void A_parameter_that_carries_the_key_is_not_a_cursor()
    {
        var spec = PagedApi.Of("token: string; page_token: string", "next_token: string?; has_more: boolean");
        var text = spec.Text.Replace(
            """{"type": "http", "scheme": "bearer"}""", """{"type": "apiKey", "in": "query", "name": "token"}""", StringComparison.Ordinal);
        var source = new Project([spec with { Text = text }]).Run().Sources["Demo.Models.Demo.ListThings.g.cs"];

        Assert.Contains("PagePosition.Cursor(\"page_token\")", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "EnumerateThingsAsync")]
    [InlineData("post", "EnumerateThingsAsync")]
    [InlineData("delete", null)]
    [InlineData("put", null)]
    public void Only_what_reads_has_pages(string method, string? expected)
    {
        var methods = MethodsOf(new Project([PagedApi.Of("cursor: string", "next_cursor: string?", method)]).Run());

        Assert.Equal(expected is null ? [] : [expected], methods);
    }

    [Theory]
    [InlineData("multipart/form-data", false)]
    [InlineData("application/octet-stream", false)]
    [InlineData("application/json", true)]
    public void A_body_is_sent_again_with_each_page_where_it_can_be(string mediaType, bool isPaged)
    {
        var body = """
            "requestBody": {"required": true, "content": {"TYPE": {"schema": {"type": "object", "properties": {"file": {"type": "string"}}}}}},
            """.Replace("TYPE", mediaType, StringComparison.Ordinal);

        Assert.Equal(isPaged, MethodsOf(new Project([PagedApi.Of("cursor: string", "next_cursor: string?", "post", body)]).Run()).Count == 1);
    }

    [Theory]
    [InlineData("listThings", "EnumerateThingsAsync")]
    [InlineData("getAllThings", "EnumerateThingsAsync")]
    [InlineData("things.list", "EnumerateThingsAsync")]
    [InlineData("list", "EnumerateListAsync")]
    [InlineData("getaway", "EnumerateGetawayAsync")]
    [InlineData("things", "EnumerateThingsAsync")]
    [InlineData("enumerateThings", "EnumerateThingsItemsAsync")]
    public void The_method_is_called_after_what_it_lists(string id, string expected)
    {
        var spec = PagedApi.Of("cursor: string", "next_cursor: string?");

        Assert.Equal([expected], MethodsOf(new Project([spec with { Text = spec.Text.Replace("listThings", id, StringComparison.Ordinal) }]).Run()));
    }

    [Fact]
    public void No_method_takes_the_name_of_another()
    {
        const string Page = """
            "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object", "properties": {
             "next_cursor": {"type": "string"}, "things": {"type": "array", "items": {"type": "string"}}}}}}}}
            """;
        var spec = new Spec("specs/demo.json", """
            {"openapi": "3.1.0", "info": {"title": "Demo API", "version": "1"}, "servers": [{"url": "https://api.demo.example"}], "paths": {
             "/a": {"get": {"operationId": "listThings", PAGE}}, "/b": {"get": {"operationId": "getThings", PAGE}},
             "/f": {"get": {"operationId": "searchClips", PAGE}},
             "/c": {"get": {"operationId": "listClips", PAGE}}, "/d": {"get": {"operationId": "enumerateClips", "responses": {"204": {"description": "ok"}}}},
             "/e": {"get": {"operationId": "callPages", PAGE}}
            }}
            """.Replace("PAGE", Page, StringComparison.Ordinal));

        var generated = new Project([spec]).Run();

        Assert.Empty(generated.Errors());
        Assert.Equal(
            [
                "EnumerateCallPagesOperationAsync", "EnumerateGetThingsAsync", "EnumerateListClipsAsync", "EnumerateListThingsAsync",
                "EnumerateSearchClipsAsync",
            ],
            MethodsOf(generated));
    }

    [Fact]
    public void Code_of_what_has_no_pages_is_what_it_was()
    {
        var source = new Project([PagedApi.Of("limit: integer", "count: integer")]).Run().Sources["Demo.Models.Demo.ListThings.g.cs"];

        Assert.DoesNotContain("Page", source, StringComparison.Ordinal);
        Assert.DoesNotContain("ListThingsCall", source, StringComparison.Ordinal);
    }

    internal static List<string> MethodsOf(Generated generated) =>
        [.. generated.Sources.Values.SelectMany(source => Enumerators().Matches(source)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"IAsyncEnumerable<\S+> (\w+Async)\(")]
    private static partial Regex Enumerators();
}
