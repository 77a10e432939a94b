using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

/// <summary>References are resolved against the innermost schema with an address around them (JSON Schema 2020-12, 8.2).</summary>
public class SchemaResourceTests
{
    private const string Two = """
        "A": {"$id": "https://x.example/a", "type": "object", "properties": {"item": {"$ref": "#item"}},
          "$defs": {"i": {"$anchor": "item", "type": "object", "properties": {"fromA": {"type": "string"}}}}},
        "B": {"$id": "https://x.example/b", "type": "object", "properties": {"item": {
          "$ref": "REFERENCE"}},
          "$defs": {"i": {"$anchor": "item", "type": "object", "properties": {"fromB": {"type": "integer"}}}}},
        "C": {"type": "object", "properties": {"fromC": {"type": "boolean"}}}
        """;

    [Theory]
    [InlineData("#item", "fromB")]
    [InlineData("#/$defs/i", "fromB")]
    [InlineData("#", "item")]
    [InlineData("b#item", "fromB")]
    [InlineData("a", "item")]
    [InlineData("a#item", "fromA")]
    [InlineData("a#/$defs/i", "fromA")]
    [InlineData("https://x.example/a#item", "fromA")]
    public void A_reference_stays_in_the_schema_around_it(string reference, string member)
    {
        var api = CleanApi(Document(reference));

        Assert.Equal([member], Target(api).Names());
    }

    [Fact]
    public void The_other_schema_has_its_own()
    {
        var api = CleanApi(Document("#item"));
        var item = Named(api, "A").Property("item").Ref!;

        Assert.Equal(["fromA"], Named(api, item).Names());
    }

    [Fact]
    public void A_schema_inside_another_has_an_address_relative_to_it()
    {
        var api = CleanApi(Document("inner/i").Replace("\"i\": {\"$anchor\"", "\"i\": {\"$id\": \"inner/i\", \"$anchor\"", StringComparison.Ordinal)
            .Replace("{\"$ref\": \"#item\"}", "{\"$ref\": \"inner/i#item\"}", StringComparison.Ordinal)
            .Replace("x.example/b", "y.example/b", StringComparison.Ordinal));

        Assert.Equal(["fromB"], Target(api).Names());
    }

    [Theory]
    [InlineData("#/components/schemas/C")]
    [InlineData("#lone")]
    public void What_only_the_document_has_is_taken_and_reported_at_its_line(string reference)
    {
        var text = Document(reference).Replace("\"C\": {", "\"C\": {\"$anchor\": \"lone\", ", StringComparison.Ordinal);
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((Problems.UncertainReference, 9, "C"), (problem.Kind, Line(text, problem), problem.Arguments[1]));
        Assert.Equal(["fromC"], Target(Api(text)).Names());
    }

    [Theory]
    [InlineData("https://x.example/b", "https://x.example/a", "a")]
    [InlineData("{\"fromB\": {", "{\"fromB\": {\"$anchor\": \"item\", ", "#item")]
    public void A_name_that_two_schemas_have_is_reported_at_its_line(string old, string replacement, string reference)
    {
        var text = Document(reference).Replace(old, replacement, StringComparison.Ordinal);
        var problem = Problem(text, Problems.UncertainReference);

        Assert.Equal(9, Line(text, problem));
    }

    [Theory]
    [InlineData("#/$defs/none", "ZT0017")]
    [InlineData("#none", "ZT0017")]
    [InlineData("a#/components/schemas/C", "ZT0017")]
    [InlineData("c", "ZT0018")]
    public void What_is_nowhere_is_reported_at_its_line(string reference, string id)
    {
        var text = Document(reference);
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((id, 9), (problem.Kind.Id, Line(text, problem)));
    }

    [Fact]
    public void A_name_of_two_other_schemas_is_neither()
    {
        var text = WithPaths(
            "\"/a\": {\"get\": {\"responses\": {\"200\": {\"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#item\"}}}}}}}",
            "\"components\": {\"schemas\": {" + Two.Replace("REFERENCE", "#item", StringComparison.Ordinal) + "}}");

        Assert.Equal(Problems.DanglingReference, Assert.Single(SpecReader.Read(text).Problems).Kind);
    }

    [Theory]
    [InlineData("example")]
    [InlineData("examples")]
    [InlineData("default")]
    [InlineData("enum")]
    [InlineData("const")]
    public void A_member_with_the_name_of_a_keyword_is_a_schema(string name)
    {
        var api = CleanApi(WithPaths(
            "\"/a\": {\"get\": {\"responses\": {\"200\": {\"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#tee\"}}}}}}}",
            "\"components\": {\"schemas\": {\"A\": {\"properties\": {\"NAME\": {\"$anchor\": \"tee\", \"type\": \"integer\"}}}}}"
                .Replace("NAME", name, StringComparison.Ordinal)));

        Assert.Equal(SchemaTypes.Integer, Assert.Single(api.Schemas).Schema.Types);
    }

    [Theory]
    [InlineData("example")]
    [InlineData("default")]
    public void Data_names_nothing(string keyword)
    {
        var text = WithPaths(
            "\"/a\": {\"get\": {\"responses\": {\"200\": {\"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#tee\"}}}}}}}",
            "\"components\": {\"schemas\": {\"A\": {\"NAME\": {\"$anchor\": \"tee\", \"type\": \"integer\"}}}}"
                .Replace("NAME", keyword, StringComparison.Ordinal));

        Assert.Equal(Problems.DanglingReference, Assert.Single(SpecReader.Read(text).Problems).Kind);
    }

    [Fact]
    public void Documents_of_3_0_have_no_such_schemas()
    {
        var api = CleanApi(Document("#/components/schemas/C").Replace("3.1.0", "3.0.3", StringComparison.Ordinal)
            .Replace("{\"$ref\": \"#item\"}", "{}", StringComparison.Ordinal));

        Assert.Equal(["fromC"], Target(api).Names());
    }

    [Fact]
    public void A_dynamic_reference_to_a_plain_anchor_of_its_schema_leads_there()
    {
        const string Reference = "\"$ref\": \"#item\"}},\n  \"$defs\": {\"i\": {\"$anchor\": \"item\", \"type\": \"object\", \"properties\": {\"fromB\"";
        var text = Document("#item");
        Assert.Contains(Reference, text, StringComparison.Ordinal);
        var api = CleanApi(text
            .Replace(Reference, Reference.Replace("$ref", "$dynamicRef", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{\"i\": {\"$anchor\": \"item\", \"type\": \"object\", \"properties\": {\"fromA\"",
                "{\"i\": {\"$dynamicAnchor\": \"item\", \"type\": \"object\", \"properties\": {\"fromA\"", StringComparison.Ordinal));

        Assert.Equal(["fromB"], Target(api).Names());
    }

    private static Schema Target(ApiDescription api) => Named(api, Named(api, "B").Property("item").Ref!);

    private static Schema Named(ApiDescription api, string name) => api.Schemas.Single(one => one.Name == name).Schema;

    private static string Document(string reference) => WithPaths(
        """
        "/a": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}},
        "/b": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/B"}}}}}}}
        """,
        "\"components\": {\"schemas\": {\n" + Two.Replace("REFERENCE", reference, StringComparison.Ordinal) + "}}");
}
