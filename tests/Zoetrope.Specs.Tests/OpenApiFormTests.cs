using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

/// <summary>The forms that OpenAPI 3.1 adds: tuples, boolean schemas, constants, patterns of names, alternatives with discriminators.</summary>
public class OpenApiFormTests
{
    private const string Pets = """
        "Cat": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "kind": {"type": "string"}}},
        "Dog": {"type": "object", "properties": {"kind": {"type": "string"}, "bark": {"type": "number"}}},
        "Kind": {"type": "string", "enum": ["cat", "dog"]}
        """;

    [Theory]
    [InlineData("""{"type":"array","minItems":2,"maxItems":2,"prefixItems":[{"type":"number"},{"type":"number"}],"items":false}""", SchemaTypes.Number, 2)]
    [InlineData("""{"prefixItems":[{"type":"integer","description":"From."},{"type":"number","description":"To."}]}""", SchemaTypes.Number, null)]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"integer"}],"items":{"type":"integer"}}""", SchemaTypes.Integer, null)]
    [InlineData("""{"type":"array","items":[{"type":"string"},{"type":"string"},{"type":"string"}],"additionalItems":false}""", SchemaTypes.String, 3)]
    [InlineData("""{"prefixItems":[{"type":"array","items":{"type":"boolean"}}]}""", SchemaTypes.Array, null)]
    public void A_tuple_of_one_type_is_a_list(string schema, SchemaTypes items, int? most)
    {
        var value = Clean(WithValue(schema)).Input!.Property("value");

        Assert.Equal((SchemaTypes.Array, items, most), (value.Types, value.Items!.Types, value.MaxItems));
    }

    [Fact]
    public void Limits_of_single_items_are_reported()
    {
        const string Schema = """{"prefixItems":[{"type":"integer","minimum":1},{"type":"integer","minimum":5}]}""";

        Assert.Equal((SchemaTypes.Integer, null), (Value(Schema).Items!.Types, Value(Schema).Items!.Minimum));
        Assert.Equal(5, Line(WithValue(Schema), Problem(WithValue(Schema), Problems.UnsupportedKeyword)));
    }

    [Theory]
    [InlineData("""{"type":"array","prefixItems":[{"type":"number"},{"type":"string"}]}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"number"}],"items":{"type":"string"}}""")]
    [InlineData("""{"type":"array","items":[{"type":"string","enum":["a"]},{"type":"string"}]}""")]
    [InlineData("""{"type":"array","prefixItems":[true,true]}""")]
    public void A_tuple_of_several_types_is_reported_and_holds_anything(string schema)
    {
        Assert.Equal((SchemaTypes.Array, null), (Value(schema).Types, Value(schema).Items));
        Assert.Equal(ProblemSeverity.Info, Problem(WithValue(schema), Problems.Tuple).Kind.Severity);
    }

    [Fact]
    public void The_schema_false_is_reported_but_not_as_an_alternative()
    {
        Assert.Equal(5, Line(WithValue("false"), Problem(WithValue("false"), Problems.NothingAllowed)));
        Assert.Equal(SchemaTypes.Any, Value("false").Types);

        var value = Clean(WithValue("""{"anyOf":[{"type":"string"},false]}""")).Input!.Property("value");
        Assert.Equal((SchemaTypes.String, 0), (value.Types, value.AnyOf.Count));
    }

    [Theory]
    [InlineData("""{"const":"a","enum":["a","b"]}""", SchemaTypes.String, "\"a\"")]
    [InlineData("""{"type":"number","const":1.5}""", SchemaTypes.Number, "1.5")]
    [InlineData("""{"const":18446744073709551616}""", SchemaTypes.Integer, "18446744073709551616")]
    [InlineData("""{"const":false}""", SchemaTypes.Boolean, "false")]
    [InlineData("""{"const":{"a":[1]}}""", SchemaTypes.Object, """{"a":[1]}""")]
    [InlineData("""{"const":[]}""", SchemaTypes.Array, "[]")]
    public void A_constant_is_an_enum_of_one(string schema, SchemaTypes types, string json)
    {
        var value = Clean(WithValue(schema)).Input!.Property("value");

        Assert.Equal((types, json), (value.Types, Assert.Single(value.Enum).Json));
    }

    [Theory]
    [InlineData("""{"type":"string","contentMediaType":"image/png"}""", "binary")]
    [InlineData("""{"type":"string","contentMediaType":"application/octet-stream"}""", "binary")]
    [InlineData("""{"type":"string","contentEncoding":"base64","contentMediaType":"image/png"}""", "byte")]
    [InlineData("""{"type":"string","contentEncoding":"quoted-printable"}""", null)]
    [InlineData("""{"type":"string","contentMediaType":"text/html; charset=utf-8"}""", null)]
    [InlineData("""{"type":"string","contentMediaType":"application/json"}""", null)]
    [InlineData("""{"type":"string","contentMediaType":"image/png","format":"uri"}""", "uri")]
    [InlineData("""{"type":"string","format":"binary"}""", "binary")]
    public void Bytes_have_one_format_however_they_are_declared(string schema, string? format) =>
        Assert.Equal(format, Clean(WithValue(schema)).Input!.Property("value").Format);

    [Fact]
    public void Patterns_of_names_make_a_map()
    {
        const string Schema = """{"patternProperties":{"^a":{"type":"integer"},"^b":{"type":"integer","description":"B."}},"additionalProperties":false}""";
        var value = Value(Schema);

        Assert.Equal((SchemaTypes.Object, SchemaTypes.Integer, false), (value.Types, value.AdditionalProperties!.Types, value.Closed));
        Problem(WithValue(Schema), Problems.UnsupportedKeyword);
        Assert.Null(Value("""{"patternProperties":{"^a":{"type":"integer"},"^b":{"type":"string"}}}""").AdditionalProperties);
    }

    [Theory]
    [InlineData("""{"patternProperties":{"^a":{"type":"integer"}}}""")]
    [InlineData("""{"patternProperties":{"^a":{"type":"integer"}},"additionalProperties":true}""")]
    [InlineData("""{"patternProperties":{"^a":{"type":"integer"}},"additionalProperties":{}}""")]
    [InlineData("""{"patternProperties":{"^a":{"type":"integer"}},"additionalProperties":{"type":"string"}}""")]
    [InlineData("""{"additionalProperties":{"type":"string"},"patternProperties":{"^a":{"type":"integer"}}}""")]
    [InlineData("""{"patternProperties":{"^a":{"type":"integer"},"^b":{"type":"string"}},"additionalProperties":false}""")]
    public void Patterns_of_names_beside_members_of_other_types_make_none(string schema)
    {
        Assert.Null(Value(schema).AdditionalProperties);
        Assert.Equal((SchemaTypes.Object, false), (Value(schema).Types, Value(schema).Closed));
    }

    [Fact]
    public void Limits_that_depend_on_the_name_are_left_to_the_service()
    {
        const string Schema = """{"patternProperties":{"^a":{"type":"integer","maximum":9}},"additionalProperties":{"type":"integer","minimum":1}}""";
        var members = Value(Schema).AdditionalProperties!;

        Assert.Equal((SchemaTypes.Integer, null, null), (members.Types, members.Minimum, members.Maximum));
    }

    [Theory]
    [InlineData("""{"minimum":2,"maximum":1}""", "'minimum' is above 'maximum'")]
    [InlineData("""{"minimum":1,"exclusiveMaximum":1}""", "'minimum' is above 'exclusiveMaximum'")]
    [InlineData("""{"exclusiveMinimum":1e3,"maximum":999}""", "'exclusiveMinimum' is above 'maximum'")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "'minLength' is above 'maxLength'")]
    [InlineData("""{"type":"array","maxItems":2,"minItems":3}""", "'minItems' is above 'maxItems'")]
    public void Limits_that_leave_nothing_are_reported_at_their_line(string schema, string message)
    {
        var problem = Problem(WithValue(schema), Problems.EmptyRange);

        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(5, Line(WithValue(schema), problem));
    }

    [Theory]
    [InlineData("""{"minimum":1,"maximum":1}""")]
    [InlineData("""{"minimum":-1e999,"maximum":5}""")]
    [InlineData("""{"minLength":2,"maxLength":2,"minItems":0,"maxItems":0}""")]
    public void Limits_that_leave_one_value_are_fine(string schema) => Clean(WithValue(schema));

    [Fact]
    public void Members_may_be_called_like_keywords()
    {
        var value = Clean(WithValue("""
            {"type":"object","properties":{"format":{"$ref":"#/components/schemas/Kind"},"type":{"type":"string"},"enum":{"type":"array","items":{"type":"string"}},
             "anyOf":{"type":"integer"},"required":{"type":"boolean"},"const":{},"discriminator":{"type":"string"},"$ref":{"type":"string"}},"required":["type"]}
            """, Pets)).Input!.Property("value");

        Assert.Equal(["format", "type", "enum", "anyOf", "required", "const", "discriminator", "$ref"], value.Names());
        Assert.Equal(("Kind", SchemaTypes.Object), (value.Property("format").Ref, value.Types));
    }

    [Fact]
    public void References_lead_to_any_location()
    {
        const string Components =
            """ "Box": {"$defs": {"Inner": {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Box/$defs/Inner"}}}}, "type": "object"} """;
        var endpoint = Clean(WithValue("""{"$ref":"#/components/schemas/Box/$defs/Inner"}""", Components));

        Assert.Equal("/components/schemas/Box/$defs/Inner", Assert.Single(endpoint.Schemas).Name);
        Assert.Equal("/components/schemas/Box/$defs/Inner", endpoint.Schemas[0].Schema.Property("again").Ref);
    }

    [Theory]
    [InlineData("#")]
    [InlineData("#Cat")]
    [InlineData("#paths")]
    public void A_reference_that_is_no_path_leads_nowhere(string reference) =>
        Assert.Equal(5, Line(
            WithValue("{\"$ref\":\"" + reference + "\"}", Pets),
            Problem(WithValue("{\"$ref\":\"" + reference + "\"}", Pets), Problems.DanglingReference)));

    [Theory]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/Node"},{"description":"The next.","nullable":true}]}""")]
    [InlineData("""{"allOf":[{"description":"The next."},{"$ref":"#/components/schemas/Node"}],"nullable":true}""")]
    public void A_reference_that_only_prose_is_combined_with_stays_one(string member)
    {
        var node = Clean(WithValue(
            """{"$ref":"#/components/schemas/Node"}""",
            "\"Node\": {\"type\": \"object\", \"properties\": {\"next\": " + member + "}}")).Named("Node");

        Assert.Equal(("Node", "The next.", true), (node.Property("next").Ref, node.Property("next").Description, node.Property("next").Nullable));
    }

    [Theory]
    [InlineData("\"mapping\": {\"c\": \"#/components/schemas/Cat\", \"d\": \"Dog\"}", "c", "d")]
    [InlineData("\"mapping\": {\"c\": \"Cat\"}", "c", "Dog")]
    [InlineData("\"x-none\": 1", "Cat", "Dog")]
    public void A_discriminator_gives_the_values_of_each_alternative(string mapping, string cat, string dog)
    {
        var endpoint = Clean(WithValue(Union(mapping), Pets));
        var value = endpoint.Input!.Property("value");

        Assert.Equal(("kind", 2), (value.Discriminator!.Property, value.AnyOf.Count));
        Assert.Equal(
            [("Cat", cat), ("Dog", dog)],
            new[] { "Cat", "Dog" }.Select(name => (name, Assert.Single(endpoint.Named(name).Property("kind").Enum).Text)));
        Assert.Equal(["name", "kind"], endpoint.Named("Cat").RequiredNames());
        Assert.Equal(["kind"], endpoint.Named("Dog").RequiredNames());
    }

    [Fact]
    public void Several_values_may_mean_one_alternative_and_one_that_does_not_know_the_member_gets_it()
    {
        var endpoint = Clean(
            WithValue("""{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Bird"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"Cat","kitten":"Cat"}}}""",
            Pets + """, "Bird": {"type": "object", "properties": {"wings": {"type": "integer"}}} """));

        Assert.Equal(["cat", "kitten"], endpoint.Named("Cat").Property("kind").Enum.Texts());
        Assert.Equal(["kind", "wings"], endpoint.Named("Bird").Names());
        Assert.Equal(["Bird"], endpoint.Named("Bird").Property("kind").Enum.Texts());
        Assert.Equal([("cat", "Cat"), ("kitten", "Cat")], endpoint.Input!.Property("value").Discriminator!.Mapping.Select(item => (item.Name, item.Text)));
    }

    [Fact]
    public void Values_that_an_alternative_states_itself_count_before_its_name()
    {
        var endpoint = Clean(
            WithValue("""{"oneOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"},{"$ref":"#/components/schemas/C"}],"discriminator":{"propertyName":"kind","mapping":{"dog":"C"}}}""",
            Pets + """, "A": {"properties": {"kind": {"const": "own"}}}, "B": {"properties": {"kind": {"type": "integer"}}}, "C": {"properties": {"kind": {"$ref": "#/components/schemas/Kind"}}} """));

        Assert.Equal(["own"], endpoint.Named("A").Property("kind").Enum.Texts());
        Assert.Empty(endpoint.Named("B").Property("kind").Enum);
        Assert.Equal(("Kind", "dog"), (endpoint.Named("C").Property("kind").Ref, Assert.Single(endpoint.Named("C").Property("kind").Enum).Text));
    }

    [Theory]
    [InlineData("\"discriminator\": \"kind\"")]
    [InlineData("\"discriminator\": {\"mapping\": {}}")]
    [InlineData("\"discriminator\": {\"propertyName\": \"kind\", \"mapping\": {\"c\": \"#/components/schemas/Nobody\"}}")]
    [InlineData("\"discriminator\": {\"propertyName\": \"kind\", \"mapping\": {\"c\": 5}}")]
    public void A_discriminator_that_cannot_be_used_is_reported_at_its_line(string discriminator)
    {
        var text = WithValue("{\"oneOf\":[{\"$ref\":\"#/components/schemas/Cat\"},{\"$ref\":\"#/components/schemas/Dog\"}]," + discriminator + "}", Pets);

        Assert.Equal(5, Line(text, Problem(text, Problems.BadDiscriminator)));
        Assert.Equal(2, Endpoint(text).Input!.Property("value").AnyOf.Count);
    }

    [Fact]
    public void A_discriminator_without_alternatives_is_reported()
    {
        const string Schema = """{"type":"object","properties":{"kind":{"type":"string"}},"discriminator":{"propertyName":"kind"}}""";

        Assert.Equal(["kind"], Value(Schema).Names());
        Assert.Contains("'kind'", Problem(WithValue(Schema), Problems.LoneDiscriminator).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_lists_what_is_made_of_it_is_the_union_of_these()
    {
        var endpoint = Clean(WithValue("""{"$ref":"#/components/schemas/Pet"}""", """
            "Pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "name": {"type": "string"}},
              "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}}},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {"lives": {"type": "integer"}}}]},
            "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {"bark": {"type": "number"}}}]}
            """));

        Assert.Equal(["Cat", "Dog"], endpoint.Named("Pet").AnyOf.Select(alternative => alternative.Ref));
        Assert.Empty(endpoint.Named("Pet").Properties);
        Assert.Equal(["kind", "name", "lives"], endpoint.Named("Cat").Names());
        Assert.Equal(["cat"], endpoint.Named("Cat").Property("kind").Enum.Texts());
        Assert.Empty(endpoint.Named("Cat").AnyOf);
        Assert.Equal(["kind", "name", "bark"], endpoint.Named("Dog").Names());
    }

    [Theory]
    [InlineData("""{"type":"object","required":["id"],"properties":{"id":{"type":"string"}},"oneOf":[{"$ref":"#/components/schemas/Cat"},{"type":"object","properties":{"size":{"type":"integer"}}}]}""")]
    [InlineData("""{"allOf":[{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}},{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"properties":{"size":{"type":"integer"}}}]}]}""")]
    public void Members_beside_alternatives_belong_to_each(string schema)
    {
        var value = Clean(WithValue(schema, Pets)).Input!.Property("value");

        Assert.Empty(value.Properties);
        Assert.Equal(["id name kind", "id size"], value.AnyOf.Select(alternative => string.Join(' ', alternative.Names())));
        Assert.Equal(["id name", "id"], value.AnyOf.Select(alternative => string.Join(' ', alternative.RequiredNames())));
    }

    [Fact]
    public void Members_beside_alternatives_of_alternatives_belong_to_each()
    {
        const string Inner =
            """ , "Inner": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}}} """;
        var value = Clean(
            WithValue(
                """{"type":"object","required":["id"],"properties":{"id":{"type":"string"}},"oneOf":[{"$ref":"#/components/schemas/Inner"},{"type":"object","properties":{"size":{"type":"integer"}}}]}""",
                Pets + Inner))
            .Input!.Property("value");

        Assert.Equal(["id name kind", "id kind bark", "id size"], value.AnyOf.Select(alternative => string.Join(' ', alternative.Names())));
    }

    [Fact]
    public void Members_beside_a_single_alternative_belong_to_it()
    {
        var value = Clean(WithValue(
            """{"type":"object","properties":{"id":{"type":"string"}},"anyOf":[{"$ref":"#/components/schemas/Cat"},{"type":"null"}],"description":"Mine."}""",
            Pets)).Input!.Property("value");

        Assert.Equal(["id", "name", "kind"], value.Names());
        Assert.Equal((true, "Mine.", 0), (value.Nullable, value.Description, value.AnyOf.Count));
    }

    [Fact]
    public void Members_beside_alternatives_that_are_no_objects_are_reported()
    {
        const string Schema = """{"type":"object","properties":{"id":{"type":"string"}},"oneOf":[{"type":"string"},{"type":"integer"}]}""";

        Assert.Equal(["id"], Value(Schema).Names());
        Assert.Empty(Value(Schema).AnyOf);
        Problem(WithValue(Schema), Problems.AlternativesIgnored);
    }

    [Theory]
    [InlineData("anyOf", ParameterRuleKind.AtLeastOne)]
    [InlineData("oneOf", ParameterRuleKind.ExactlyOne)]
    public void Alternatives_that_only_require_are_a_rule(string keyword, ParameterRuleKind kind)
    {
        var schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}},\""
            + keyword
            + "\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}";
        var rule = Assert.Single(Clean(WithValue(schema)).Input!.Property("value").Rules);

        Assert.Equal((kind, "/components/schemas/Input/properties/value/" + keyword), (rule.Kind, rule.Pointer));
        Assert.Equal(["a", "b"], rule.Parameters);
    }

    [Theory]
    [InlineData("""[{"required":["a","b"]},{"required":["b"]}]""")]
    [InlineData("""[{"required":["a"]},{"required":["c"]}]""")]
    [InlineData("""[{"required":["a"]},{"required":["a"]}]""")]
    [InlineData("""[{"required":["a"]}]""")]
    [InlineData("""[{"required":[]},{"required":["b"]}]""")]
    public void Groups_of_required_members_that_are_no_rule_are_reported(string alternatives)
    {
        var text = WithValue("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}},\"anyOf\":" + alternatives + "}");

        Assert.Equal(5, Line(text, Problem(text, Problems.UnsupportedKeyword)));
        Assert.Empty(Endpoint(text).Input!.Property("value").Rules);
    }

    private static string Union(string mapping) =>
        "{\"oneOf\":[{\"$ref\":\"#/components/schemas/Cat\"},{\"$ref\":\"#/components/schemas/Dog\"}],\"discriminator\":{\"propertyName\":\"kind\","
            + mapping
            + "}}";
}
