using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests;

/// <summary>Names and descriptions that documents give the values of enums.</summary>
public class EnumLabelTests
{
    private const string Values = """
        "type": "string",
        "enum": ["v_1", "v_2", "v_3"]
        """;

    [Theory]
    [InlineData("\"x-enum-varnames\": [\"VIDEO_READY\", \"failed\", \"5 MINUTES\"]", "VideoReady Failed State5Minutes")]
    [InlineData("\"x-enumNames\": [\"VideoReady\", \"Failed\", \"Other\"]", "VideoReady Failed Other")]
    [InlineData("\"x-enum-varnames\": {\"v_2\": \"Second\"}", "V1 Second V3")]
    [InlineData("\"x-enum-varnames\": [\"Value\", \"IsKnown\", \"State\"]", "ValueValue IsKnownValue StateValue")]
    [InlineData("\"x-enum-varnames\": [\"***\", \"B\", \"C\"]", "V1 B C")]
    public void Values_have_the_names_of_the_document(string labels, string names)
    {
        var generated = Generate(labels);

        Assert.Empty(generated.Diagnostics);
        Assert.Equal(names.Split(' '), NamesOf(generated));
    }

    [Fact]
    public void What_a_value_means_is_its_documentation()
    {
        var generated = Generate("\"x-enum-varnames\": [\"A\", \"B\", \"C\"], \"x-enum-descriptions\": [\"Is <ready>.\", \"\", \"Has failed\"]");

        Assert.Empty(generated.Diagnostics);
        generated.Load();
        var source = generated.Sources.Single(source => source.Key.EndsWith("Talk.g.cs", StringComparison.Ordinal)).Value;
        Assert.Contains("/// <summary><c>v_1</c>: Is &lt;ready&gt;.</summary>", source);
        Assert.Contains("/// <summary><c>v_2</c></summary>", source);
        Assert.Contains("/// <summary><c>v_3</c>: Has failed.</summary>", source);
    }

    [Fact]
    public void The_null_of_a_nullable_enum_has_a_label_too_which_names_nothing()
    {
        var generated = new Project([Document("""
            "type": ["string", "null"], "enum": ["a", null, "b"], "x-enum-varnames": ["First", "None", "Last"], "x-enumDescriptions": {"b": "The last."}
            """)]).Run();

        Assert.Empty(generated.Diagnostics);
        Assert.Equal(["First", "Last"], NamesOf(generated));
    }

    [Theory]
    [InlineData("[\"a\", \"b\", null]", "\"x-enum-varnames\": [\"First\", \"Last\"]", "First Last")]
    [InlineData("[null, \"a\", null, \"b\"]", "\"x-enumNames\": [\"First\", \"Last\"]", "First Last")]
    [InlineData("[null, \"a\", \"b\"]", "\"x-enumNames\": [null, \"First\", \"Last\"]", "First Last")]
    [InlineData("[\"a\", \"b\"]", "\"x-enumNames\": [null, \"Last\"]", "A Last")]
    [InlineData("[\"a\", null, \"b\"]", "\"x-enum-varnames\": {\"null\": \"None\", \"b\": \"Last\"}", "A Last")]
    [InlineData("[\"null\", null, \"b\"]", "\"x-enum-varnames\": {\"null\": \"Nothing\", \"b\": \"Last\"}", "Nothing Last")]
    public void Null_is_not_one_of_the_values_that_need_a_label(string values, string labels, string names)
    {
        var generated = new Project([Document("\"type\": [\"string\", \"null\"], \"enum\": " + values + ", " + labels)]).Run();

        Assert.Empty(generated.Diagnostics);
        Assert.Equal(names.Split(' '), NamesOf(generated));
    }

    [Theory]
    [InlineData("[\"a\", \"b\", null]", "[\"First\"]", "array with a name for each of the 2 values")]
    [InlineData("[null]", "[]", "beside the 'enum'")]
    public void Labels_that_fit_neither_with_null_nor_without_it_are_reported(string values, string names, string expected) => Assert.Contains(
        expected,
        Assert.Single(
            new Project([Document("\"type\": [\"string\", \"null\"], \"enum\": " + values + ", \"x-enum-varnames\": " + names)]).Run().Diagnostics,
            problem => problem.Id == "ZT0019").GetMessage());

    [Fact]
    public void Numbers_are_listed_with_their_names()
    {
        var generated = new Project([Document("\"type\": \"integer\", \"enum\": [0, 1], \"x-enum-varnames\": [\"Active\", \"Paused\"]")]).Run();

        generated.Load();
        Assert.Contains("Values: 0 is Active, 1 is Paused.", generated.Sources.Single(source => source.Key.EndsWith("Talk.g.cs", StringComparison.Ordinal)).Value);
    }

    [Theory]
    [InlineData("[\"A\", \"a\", \"C\"]", "A a_2 C", "v_2")]
    [InlineData("[\"IN_QUEUE\", \"B\", \"inQueue\"]", "InQueue B InQueue_2", "v_3")]
    public void Names_that_two_values_have_are_reported_at_the_value(string names, string expected, string value)
    {
        var document = Document(Values + ",\n\"x-enum-varnames\": " + names);
        var generated = new Project([document]).Run();

        var problem = Assert.Single(generated.Diagnostics);
        Assert.Equal(("ZT0142", document.PlaceOf('"' + value)), (problem.Id, PlaceOf(problem)));
        Assert.Equal(expected.ToLowerInvariant(), string.Join(" ", NamesOf(generated)).ToLowerInvariant());
    }

    [Theory]
    [InlineData("\"x-enum-varnames\": [\"A\", \"B\"]", "x-enum-varnames")]
    [InlineData("\"x-enum-varnames\": [\"A\", \"B\", \"C\", \"D\"]", "x-enum-varnames")]
    [InlineData("\"x-enum-varnames\": [\"A\", \"\", \"C\"]", "x-enum-varnames")]
    [InlineData("\"x-enum-varnames\": [\"A\", 5, \"C\"]", "x-enum-varnames")]
    [InlineData("\"x-enumNames\": \"A\"", "x-enumNames")]
    [InlineData("\"x-enum-descriptions\": [\"A\"]", "x-enum-descriptions")]
    [InlineData("\"x-enum-descriptions\": {\"v_9\": \"A\"}", "x-enum-descriptions")]
    [InlineData("\"x-enum-deprecated\": [\"v_9\"]", "x-enum-deprecated")]
    [InlineData("\"x-enum-deprecated\": [true]", "x-enum-deprecated")]
    [InlineData("\"x-enum-deprecated\": {\"v_1\": 5}", "x-enum-deprecated")]
    [InlineData("\"x-enum-deprecated\": true", "x-enum-deprecated")]
    public void Labels_that_do_not_fit_the_values_are_reported_and_ignored(string labels, string keyword)
    {
        var document = Document(Values + ",\n" + labels);
        var generated = new Project([document]).Run();

        var problem = Assert.Single(generated.Diagnostics);
        Assert.Equal(("ZT0019", document.PlaceOf('"' + keyword + '"')), (problem.Id, PlaceOf(problem)));
        Assert.Equal(["V1", "V2", "V3"], NamesOf(generated));
    }

    [Theory]
    [InlineData("\"x-enum-deprecated\": [\"v_2\"]", "Deprecated by the provider.")]
    [InlineData("\"x-enum-deprecated\": [false, true, false]", "Deprecated by the provider.")]
    [InlineData("\"x-enum-deprecated\": {\"v_1\": false, \"v_2\": true}", "Deprecated by the provider.")]
    [InlineData("\"x-enum-deprecated\": {\"v_2\": \"Use v_3.\"}", "Deprecated by the provider: Use v_3.")]
    [InlineData("\"x-enum-descriptions\": [\"A\", \"Deprecated. Use v_3 instead.\", \"It was deprecated once\"]", "Deprecated by the provider: Use v_3 instead.")]
    public void A_deprecated_value_is_obsolete(string labels, string message)
    {
        var generated = Generate(labels);

        Assert.Empty(generated.Diagnostics);
        AssertObsolete(generated, "V2", message);
    }

    [Theory]
    [InlineData("\"deprecated\": true", "Deprecated by the provider.")]
    [InlineData("\"deprecated\": true, \"x-replaced-by\": \"v_1\"", "Deprecated by the provider: Use v_1 instead.")]
    [InlineData("\"description\": \"Deprecated: use v_1.\"", "Deprecated by the provider: use v_1.")]
    public void An_alternative_that_is_one_value_can_be_deprecated(string members, string message)
    {
        var generated = new Project([Document("\"oneOf\": [{\"const\": \"v_1\", \"description\": \"The first.\"}, {\"const\": \"v_2\", " + members + "}]")]).Run();

        Assert.Empty(generated.Diagnostics);
        AssertObsolete(generated, "V2", message);
        Assert.Contains(
            "/// <summary><c>v_1</c>: The first.</summary>",
            generated.Sources.Single(source => source.Key.EndsWith("Talk.g.cs", StringComparison.Ordinal)).Value);
    }

    private static void AssertObsolete(Generated generated, string name, string message)
    {
        var type = generated.Load().GetType("Demo.Models.Talk+State", throwOnError: true)!;
        var values = type.GetProperties(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(value => value.Name, value => value.GetCustomAttribute<ObsoleteAttribute>(), StringComparer.Ordinal);

        Assert.Equal((message, "ZT0143"), (values[name]?.Message, values[name]?.DiagnosticId));
        Assert.All(values.Where(value => value.Key != name), value => Assert.Null(value.Value));
    }

    [Fact]
    public void Labels_without_values_are_reported()
    {
        var document = Document("\"type\": \"string\", \"x-enum-varnames\": [\"A\"]");

        Assert.Contains("beside the 'enum'", Assert.Single(new Project([document]).Run().Diagnostics).GetMessage());
    }

    [Fact]
    public void Locked_names_take_precedence()
    {
        var document = Document(Values + ", \"x-enum-varnames\": [\"A\", \"B\", \"C\"]");
        var locked = new Spec("specs/specs.lock.json", """{"names": {"fal:fal-ai/talk": "Talk", "fal:fal-ai/talk#/$input.state/v_2": "Kept"}}""");
        var generated = new Project([document, locked]).Run();

        Assert.Equal(["A", "Kept", "C"], NamesOf(generated));
    }

    private static Generated Generate(string labels) => new Project([Document(Values + ",\n" + labels)]).Run();

    private static Spec Document(string members) => Documents.FalOpenApi("fal-ai/talk", $$"""{"state": { {{members}} } }""");

    private static (int, int) PlaceOf(Diagnostic problem)
    {
        var start = problem.Location.GetLineSpan().StartLinePosition;
        return (start.Line + 1, start.Character + 1);
    }

    private static IEnumerable<string> NamesOf(Generated generated)
    {
        var type = generated.Load().GetType("Demo.Models.Talk+State", throwOnError: true)!;
        return type.GetProperties().Where(property => property.PropertyType == type).Select(property => property.Name);
    }
}
