using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

public class OpenApiSchemaTests
{
    private const string Size =
        """ "Size": {"title": "Size", "type": "object", "description": "A size.", "default": {"width": 1}, "properties": {"width": {"type": "integer"}}} """;

    [Theory]
    [InlineData("""{"type":"string"}""", SchemaTypes.String)]
    [InlineData("""{"type":["string","null"]}""", SchemaTypes.String | SchemaTypes.Null)]
    [InlineData("""{"type":["string","integer"]}""", SchemaTypes.String | SchemaTypes.Integer)]
    [InlineData("""{"type":"string","nullable":true}""", SchemaTypes.String | SchemaTypes.Null)]
    [InlineData("""{"type":"null"}""", SchemaTypes.Null)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", SchemaTypes.String | SchemaTypes.Null)]
    [InlineData("""{"oneOf":[{"type":"null"},{"type":"number"}]}""", SchemaTypes.Number | SchemaTypes.Null)]
    [InlineData("""{"anyOf":[{"type":"null"}]}""", SchemaTypes.Null)]
    [InlineData("""{"anyOf":[{"anyOf":[{"type":"string"},{"type":"null"}]}]}""", SchemaTypes.String | SchemaTypes.Null)]
    [InlineData("""{"enum":["a",null]}""", SchemaTypes.String | SchemaTypes.Null)]
    [InlineData("""{"enum":[1,2.5]}""", SchemaTypes.Integer | SchemaTypes.Number)]
    [InlineData("""{"const":true}""", SchemaTypes.Boolean)]
    [InlineData("""{"const":null}""", SchemaTypes.Null)]
    [InlineData("""{"properties":{}}""", SchemaTypes.Object)]
    [InlineData("""{"items":{}}""", SchemaTypes.Array)]
    [InlineData("""{"allOf":[{"type":"number"},{"type":"integer"}]}""", SchemaTypes.Integer)]
    [InlineData("{}", SchemaTypes.Any)]
    [InlineData("true", SchemaTypes.Any)]
    public void Types_come_out_the_same_in_every_dialect(string schema, SchemaTypes types)
    {
        Assert.Empty(SpecReader.Read(WithValue(schema)).Problems);
        Assert.Equal(types, Value(schema).Types);
        Assert.Empty(Value(schema).AnyOf);
    }

    [Fact]
    public void What_is_beside_a_reference_overrides_what_it_leads_to()
    {
        var value = Value(
            """{"$ref":"#/components/schemas/Size","description":"Mine.","title":"My size","default":"square","examples":["a"],"deprecated":true,"nullable":true}""",
            Size);

        Assert.Equal("Size", value.Ref);
        Assert.Equal(("My size", "Mine.", "\"square\"", true, true), (value.Title, value.Description, value.Default!.Json, value.Deprecated, value.Nullable));
        Assert.Equal(["a"], value.Examples.Texts());
        Assert.Equal("/components/schemas/Input/properties/value", value.Pointer);
        Assert.Equal("A size.", Endpoint(WithValue("""{"$ref":"#/components/schemas/Size"}""", Size)).Named("Size").Description);
    }

    [Theory]
    [InlineData("""{"anyOf":[{"$ref":"#/components/schemas/Size"},{"type":"null"}],"description":"Mine."}""")]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/Size"}],"description":"Mine.","nullable":true}""")]
    [InlineData("""{"oneOf":[{"allOf":[{"$ref":"#/components/schemas/Size"}]}],"description":"Mine.","type":["object","null"]}""")]
    public void A_single_alternative_is_that_alternative(string schema)
    {
        var value = Value(schema, Size);

        Assert.Equal(("Size", "Mine.", true), (value.Ref, value.Description, value.Nullable));
        Assert.Empty(value.AnyOf);
    }

    [Fact]
    public void Limits_around_and_inside_of_a_single_alternative_meet()
    {
        var value = Value("""{"anyOf":[{"type":"string","maxLength":5,"description":"Inner."},{"type":"null"}],"minLength":2,"title":"T"}""");

        Assert.Equal((2, 5, "Inner.", "T"), (value.MinLength, value.MaxLength, value.Description, value.Title));
    }

    [Fact]
    public void Real_unions_stay_with_null_folded_away()
    {
        var value =
            Value("""{"anyOf":[{"$ref":"#/components/schemas/Size"},{"type":"string","enum":["square","wide"]},{"type":"null"}],"default":"square"}""", Size);

        Assert.Equal(2, value.AnyOf.Count);
        Assert.Equal("Size", value.AnyOf[0].Ref);
        Assert.Equal(["square", "wide"], value.AnyOf[1].Enum.Texts());
        Assert.Equal("/components/schemas/Input/properties/value/anyOf/1", value.AnyOf[1].Pointer);
        Assert.Equal((true, "square"), (value.Nullable, value.Default!.Text));
    }

    [Theory]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}""", 2)]
    [InlineData("""{"anyOf":[{"type":"object"},{"type":"number"}]}""", 2)]
    [InlineData("""{"anyOf":[{"enum":["a"],"type":"string"},{"type":"string"}]}""", 2)]
    [InlineData("""{"oneOf":[{"$ref":"#/components/schemas/Size"},{"type":"string"},{"type":"object"},{"type":"null"}]}""", 3)]
    [InlineData("""{"anyOf":[{"anyOf":[{"type":"string"},{"type":"integer"}]},{"type":"boolean"}]}""", 3)]
    public void Unions_of_every_kind_keep_their_alternatives(string schema, int alternatives) =>
        Assert.Equal(alternatives, Value(schema, Size).AnyOf.Count);

    [Fact]
    public void Combined_schemas_become_one()
    {
        var value = Value(
            """{"allOf":[{"$ref":"#/components/schemas/Size"},{"type":"object","required":["height","width"],"properties":{"height":{"type":"integer"}}}],"title":"Both"}""",
            Size);

        Assert.Null(value.Ref);
        Assert.Equal((SchemaTypes.Object, "Both", "A size."), (value.Types, value.Title, value.Description));
        Assert.Equal(["width", "height"], value.Names());
        Assert.Equal(["width", "height"], value.RequiredNames());
        Assert.Equal(SchemaTypes.Integer, value.Property("width").Types);
    }

    [Fact]
    public void Properties_beside_a_reference_are_added_to_it()
    {
        var value = Value("""{"$ref":"#/components/schemas/Size","properties":{"depth":{"type":"integer"}},"required":["depth"]}""", Size);

        Assert.Equal(["width", "depth"], value.Names());
        Assert.Equal(["depth"], value.RequiredNames());
    }

    [Fact]
    public void Contradicting_schemas_stay_raw_json()
    {
        const string Schema = """{"allOf":[{"type":"string"},{"type":"array"}]}""";

        Assert.Equal(SchemaTypes.Any, Value(Schema).Types);
        Assert.Equal(ProblemSeverity.Warning, Problem(WithValue(Schema), Problems.Contradiction).Kind.Severity);
    }

    [Theory]
    [InlineData("""{"minimum":1,"maximum":2.50}""", "1", false, "2.50", false)]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true,"maximum":9,"exclusiveMaximum":false}""", "1", true, "9", false)]
    [InlineData("""{"exclusiveMinimum":0,"exclusiveMaximum":1e2}""", "0", true, "1e2", true)]
    [InlineData("""{"minimum":1,"exclusiveMinimum":0,"maximum":9,"exclusiveMaximum":9}""", "1", false, "9", true)]
    [InlineData("""{"exclusiveMinimum":true}""", null, false, null, false)]
    public void Limits_come_out_the_same_in_both_styles(string schema, string? minimum, bool above, string? maximum, bool below)
    {
        var value = Value(schema);

        Assert.Equal((minimum, above, maximum, below), (value.Minimum, value.ExclusiveMinimum, value.Maximum, value.ExclusiveMaximum));
    }

    [Fact]
    public void Every_other_limit_is_kept()
    {
        var value = Value(
            """{"format":"uri","pattern":"^\\w+$","multipleOf":0.5,"minLength":1,"maxLength":10.0,"minItems":1,"maxItems":1e1,"uniqueItems":true,"deprecated":true,"example":"e"}""");

        Assert.Equal(("uri", "^\\w+$", "0.5"), (value.Format, value.Pattern, value.MultipleOf));
        Assert.Equal((1, 10, 1, 10), (value.MinLength, value.MaxLength, value.MinItems, value.MaxItems));
        Assert.Equal((true, true), (value.UniqueItems, value.Deprecated));
        Assert.Equal(["e"], value.Examples.Texts());
    }

    [Theory]
    [InlineData("""{"type":"string"}""", false, false)]
    [InlineData("""{"type":"string","readOnly":true}""", true, false)]
    [InlineData("""{"$ref":"#/components/schemas/Size","writeOnly":true}""", false, true)]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/Size"},{"readOnly":true}]}""", true, false)]
    public void What_only_responses_or_only_requests_have_is_known(string json, bool readOnly, bool writeOnly)
    {
        var value = Value(json, Size);

        Assert.Equal((readOnly, writeOnly), (value.ReadOnly, value.WriteOnly));
    }

    [Theory]
    [InlineData("""{"type":"string","enum":["16:9","4K Quad","5","Hélène (fr)","Hope ","Hope",""]}""", new[]
    {
        "16:9",
        "4K Quad",
        "5",
        "Hélène (fr)",
        "Hope ",
        "Hope",
        ""
    })]
    [InlineData("""{"type":"integer","enum":[0,1,1,44100]}""", new[] { "0", "1", "44100" })]
    [InlineData("""{"const":"sgm_uniform","enum":["sgm_uniform"]}""", new[] { "sgm_uniform" })]
    public void Enums_keep_every_different_value_as_written(string schema, string[] values) => Assert.Equal(values, Value(schema).Enum.Texts());

    [Theory]
    [InlineData("""{"default":null}""", "null")]
    [InlineData("""{"default":17454220438242315174}""", "17454220438242315174")]
    [InlineData("""{"default":{"width": 2048, "a": [1.0]}}""", """{"width":2048,"a":[1.0]}""")]
    [InlineData("""{"type":"string","default":7}""", "7")]
    public void Defaults_of_any_type_are_kept(string schema, string json) => Assert.Equal(json, Value(schema).Default!.Json);

    [Fact]
    public void Maps_free_objects_and_closed_ones_differ()
    {
        Assert.Equal(SchemaTypes.Number, Value("""{"type":"object","additionalProperties":{"type":"number"}}""").AdditionalProperties!.Types);
        var free = Value("""{"type":"object","additionalProperties":true}""");
        Assert.True(free.AdditionalProperties is null && !free.Closed);
        Assert.True(Value("""{"type":"object","additionalProperties":false}""").Closed);
    }

    [Fact]
    public void Names_of_schemas_may_hold_anything()
    {
        const string Components = """ "fal-ai/odd~name v1.5 %": {"type": "string"}, "Hélène": {"type": "integer"} """;
        foreach (var reference in new[] { "fal-ai~1odd~0name v1.5 %", "fal-ai~1odd~0name%20v1.5%20%25", "fal-ai/odd~0name v1.5 %" })
            Assert.Equal(
                "fal-ai/odd~name v1.5 %",
                Clean(WithValue("{\"$ref\":\"#/components/schemas/" + reference + "\"}", Components)).Input!.Property("value").Ref);
        Assert.Equal("Hélène", Clean(WithValue("""{"$ref":"#/components/schemas/H%C3%A9l%C3%A8ne"}""", Components)).Schemas[0].Name);
    }

    [Fact]
    public void References_to_places_inside_of_schemas_are_followed()
    {
        var endpoint = Clean(WithValue("""{"$ref":"#/components/schemas/Size/properties/width"}""", Size));

        Assert.Equal(endpoint.Input!.Property("value").Ref, Assert.Single(endpoint.Schemas).Name);
        Assert.Equal(SchemaTypes.Integer, endpoint.Schemas[0].Schema.Types);
    }

    [Fact]
    public void Recursive_schemas_stay_names()
    {
        const string Node =
            """ "Node": {"type":"object","properties":{"next":{"$ref":"#/components/schemas/Node"},"input":{"$ref":"#/components/schemas/Input"}}} """;
        var endpoint = Clean(WithValue("""{"type":"array","items":{"$ref":"#/components/schemas/Node"}}""", Node));

        Assert.Equal(["Input", "Node"], endpoint.Schemas.Select(schema => schema.Name));
        Assert.Equal("Node", endpoint.Named("Node").Property("next").Ref);
    }

    [Theory]
    [InlineData(""" "A": {"$ref":"#/components/schemas/B"}, "B": {"$ref":"#/components/schemas/A"} """)]
    [InlineData(""" "A": {"allOf":[{"$ref":"#/components/schemas/A"},{"type":"object"}]} """)]
    [InlineData(""" "A": {"allOf":[{"$ref":"#/components/schemas/B"},{"type":"object"}]}, "B": {"allOf":[{"$ref":"#/components/schemas/A"},{"type":"object"}]} """)]
    [InlineData(""" "A": {"$ref":"#/components/schemas/A"} """)]
    public void Circles_that_describe_nothing_are_reported(string components)
    {
        var reading = SpecReader.Read(WithValue("""{"$ref":"#/components/schemas/A"}""", components));

        Assert.Contains(reading.Problems, problem => problem.Kind == Problems.CircularReference);
        Assert.All(reading.Document!.Endpoint!.Schemas, schema => Assert.Null(schema.Schema.Ref));
    }

    [Fact]
    public void A_dangling_reference_is_a_warning_and_keeps_its_name()
    {
        var text = WithValue("""{"$ref":"#/components/schemas/TrackPoint"}""");

        Assert.Equal(ProblemSeverity.Warning, Problem(text, Problems.DanglingReference).Kind.Severity);
        Assert.Equal("TrackPoint", Endpoint(text).Input!.Property("value").Ref);
        Assert.Empty(Endpoint(text).Schemas);
    }

    [Theory]
    [InlineData("other.json#/Size")]
    [InlineData("https://example.com/schema.json")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public void Another_document_is_never_fetched(string reference)
    {
        var text = WithValue("{\"$ref\":\"" + reference + "\"}");

        Assert.Equal(ProblemSeverity.Error, Problem(text, Problems.ExternalReference).Kind.Severity);
        Assert.Null(Endpoint(text).Input!.Property("value").Ref);
    }

    [Theory]
    [InlineData("""{"type":"strin"}""", "type")]
    [InlineData("""{"enum":"a"}""", "enum")]
    [InlineData("""{"maxLength":-1}""", "maxLength")]
    [InlineData("""{"maxLength":"10"}""", "maxLength")]
    [InlineData("""{"minimum":"0"}""", "minimum")]
    [InlineData("""{"description":5}""", "description")]
    [InlineData("""{"properties":[]}""", "properties")]
    [InlineData("""{"anyOf":[]}""", "anyOf")]
    [InlineData("""{"$ref":5}""", "$ref")]
    [InlineData("""{"x-fal":3}""", "x-fal")]
    [InlineData("""{"uniqueItems":1}""", "uniqueItems")]
    public void A_keyword_of_the_wrong_form_is_ignored_with_a_warning(string schema, string keyword)
    {
        var text = WithValue(schema);

        var problem = Problem(text, Problems.BadKeyword);
        Assert.StartsWith($"'{keyword}' must be", problem.Message, StringComparison.Ordinal);
        Assert.Equal(5, Line(text, problem));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[]")]
    public void What_is_no_schema_stays_raw_json(string schema)
    {
        Assert.Equal(SchemaTypes.Any, Value(schema).Types);
        Assert.Equal(Problems.NotASchema, Assert.Single(SpecReader.Read(WithValue(schema)).Problems).Kind);
    }

    [Fact]
    public void Keywords_that_are_not_enforced_are_reported()
    {
        foreach (var schema in new[]
        {
            """{"not":{}}""",
            """{"patternProperties":{}}""",
            """{"propertyNames":{"pattern":"a"}}""",
            """{"minProperties":1}""",
            """{"maxProperties":2}""",
            """{"dependentRequired":{"a":["b"]}}""",
            """{"$ref":"#/components/schemas/Output","$dynamicRef":"#a"}""",
            """{"properties":{},"anyOf":[{"required":["a"]},{"required":["b"]}]}"""
        })
            Assert.Equal(ProblemSeverity.Info, Problem(WithValue(schema), Problems.UnsupportedKeyword).Kind.Severity);
    }

    [Fact]
    public void Stray_keywords_of_the_service_do_no_harm()
    {
        var value = Clean(
            WithValue("""{"type":"integer","_fal_ui_field":"x","ui":{"field":"image"},"limit_description":"…","le":5,"ge":3,"max":4,"min":4,"step":4,"nullable":null,"x-fal-file-input":true}""".Replace(
                ",\"nullable\":null",
                "",
                StringComparison.Ordinal))).Input!.Property("value");

        Assert.Equal(SchemaTypes.Integer, value.Types);
        Assert.Null(value.Maximum);
    }

    [Fact]
    public void File_limits_are_found_wherever_a_document_has_them()
    {
        Assert.Equal(new FileLimits { MaxFileSize = 8388608 }, Value("""{"max_file_size":8388608,"anyOf":[{"type":"string"},{"type":"null"}]}""").File);
        Assert.Equal(new FileLimits { MaxWidth = 7000, MaxHeight = 7000 }, Value("""{"type":"string","max_height":7000,"max_width":7000}""").File);
        var urls = Value("""{"type":"array","items":{"type":"string"},"x-fal":{"max_duration":15.5,"min_width":300,"max_aspect_ratio":2.5}}""");
        Assert.Null(urls.File);
        Assert.Equal(new FileLimits { MinWidth = 300, MaxAspectRatio = "2.5", MaxDuration = "15.5" }, urls.Items!.File);
    }

    [Fact]
    public void Limits_beyond_every_value_are_none()
    {
        var value = Clean(WithValue("""{"maxLength":1e999,"maxItems":99999999999,"minimum":1,"exclusiveMinimum":-1e999}""")).Input!.Property("value");

        Assert.Equal((null, null, "1", false), (value.MaxLength, value.MaxItems, value.Minimum, value.ExclusiveMinimum));
    }

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/Size","oneOf":[{"type":"object"},{"type":"string"}]}""")]
    [InlineData("""{"$ref":"#/components/schemas/Size","anyOf":[{"type":"object","title":"x"}]}""")]
    public void A_union_beside_a_reference_is_reported_and_the_reference_counts(string schema)
    {
        var value = Value(schema, Size);

        Assert.Equal(("Size", 0), (value.Ref, value.AnyOf.Count));
        Assert.Equal(5, Line(WithValue(schema, Size), Problem(WithValue(schema, Size), Problems.AlternativesIgnored)));
    }

    [Fact]
    public void A_required_name_that_is_not_described_is_a_member_of_any_kind()
    {
        var input = Clean(WithInput("""{"type":"object","required":["a"],"properties":{"b":{"type":"string"}}}""")).Input!;

        Assert.Equal(["b", "a"], input.Names());
        Assert.Equal((SchemaTypes.Any, "/components/schemas/Input/required/0"), (input.Property("a").Types, input.Property("a").Pointer));
    }
}
