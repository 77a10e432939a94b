using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Tests;

public class HostileInputTests
{
    private const string Alphabet = "|`#*-_><[]{}(),:.\"'\\\n\r \t0aé—–\uFEFF\ud800";

    [Fact]
    public void An_eachlabs_page_may_be_cut_anywhere()
    {
        var text = TestFiles.EachlabsPage;
        var input = Readings.Clean(text).Input!;
        for (var length = 0; length < text.Length; length++)
        {
            var reading = Read(text[..length]);
            // Whatever is given of a cut page is what the whole page says, and the cut is reported.
            Assert.True(reading.Problems.Count > 0 || length > text.IndexOf("## Usage Notes", StringComparison.Ordinal) + 12);
            Assert.True(reading.Document?.Endpoint is not { } endpoint || endpoint.Id == "kling-o3-pro-image-to-video");
            foreach (var property in reading.Document?.Endpoint?.Input?.Properties ?? default)
            {
                var whole = input.Property(property.Name);
                Assert.True(property.Schema.Enum.Count == 0 || property.Schema.Enum == whole.Enum);
                Assert.True(property.Schema.Default is null || property.Schema.Default == whole.Default);
            }
        }
    }

    [Fact]
    public void Lines_of_an_eachlabs_page_may_be_cut_anywhere()
    {
        var text = EachlabsPageTests.Unflattened(TestFiles.EachlabsPage);
        for (var length = 0; length < text.Length; length += 3)
            Assert.True(Read(text[..length]).Problems.Count > 0 || length > text.IndexOf("## Usage Notes", StringComparison.Ordinal) + 12);
    }

    [Fact]
    public void A_fal_page_may_be_cut_anywhere()
    {
        var text = TestFiles.FalPage;
        for (var length = 0; length < text.Length; length++)
            Assert.True(Read(text[..length]).Problems.Count > 0 || length > text.IndexOf("## Additional Resources", StringComparison.Ordinal) + 22);
    }

    [Fact]
    public void A_json_document_may_be_cut_anywhere()
    {
        var text = TestFiles.FalOpenApi;
        for (var length = 0; length < text.TrimEnd().Length; length += 7)
            Assert.Contains(Read(text[..length]).Problems, problem => problem.Kind.Severity == ProblemSeverity.Error);
    }

    [Fact]
    public void Damaged_documents_are_read_without_a_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), seed =>
        {
            var random = new Random(seed.Get);
            var seeds = new[]
            {
                TestFiles.FalPage,
                TestFiles.EachlabsPage,
                EachlabsPageTests.Unflattened(TestFiles.EachlabsPage),
                TestFiles.FalOpenApi,
                TestFiles.Spec("catalog.json")
            };
            var text = Mutation.Mutate(seeds[random.Next(seeds.Length)], random, Alphabet, random.Next(1, 30));
            Read(text);
            return true;
        }).CheckSeeded(1500);

    [Fact]
    public void Damaged_bytes_are_read_without_a_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), seed =>
        {
            var random = new Random(seed.Get);
            var bytes = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? TestFiles.FalPage : TestFiles.EachlabsPage);
            for (var i = 0; i < 20; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Read(Encoding.UTF8.GetString(bytes));
            return true;
        }).CheckSeeded(500);

    [Theory]
    [InlineData("- **`x`** (`string`, _optional_):\n")]
    [InlineData("- **`x`** (`list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<string`, _optional_):\n\n")]
    [InlineData("  - Examples: [[[[[[[[")]
    [InlineData("Either a or b must be provided")]
    [InlineData("## Pricing\n")]
    [InlineData("```")]
    [InlineData("`")]
    public void Long_fal_pages_take_time_in_proportion(string piece) =>
        Read(TestFiles.FalPage.Replace(
            "- **`prompt`**",
            string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + "\n\n- **`prompt`**",
            StringComparison.Ordinal));

    [Theory]
    [InlineData("|")]
    [InlineData("| ")]
    [InlineData("` | ")]
    [InlineData("| | `")]
    [InlineData("\\| |")]
    [InlineData("| a | string | No | - | - |")]
    [InlineData("| a | string | No | ` | - | b |")]
    [InlineData("- **")]
    [InlineData("## Pricing ")]
    [InlineData("```json {")]
    [InlineData("https://api.")]
    public void Long_eachlabs_pages_take_time_in_proportion(string piece) =>
        Read(TestFiles.EachlabsPage.Replace(
            "| prompt | string",
            string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + " | prompt | string",
            StringComparison.Ordinal));

    [Fact]
    public void Many_references_and_many_paths_take_time_in_proportion()
    {
        const int Count = 20_000;
        var schemas = string.Join(",", Enumerable.Range(0, Count).Select(i => $"\"S{i}\":{{\"$ref\":\"#/components/schemas/S{i + 1}\"}}"));
        var text = Readings.WithValue("""{"$ref":"#/components/schemas/S0"}""", schemas)
            .Replace(
                "\"paths\": {",
                "\"paths\": {" + string.Concat(Enumerable.Range(0, Count).Select(i => $"\"/p{i}\":{{\"post\":{{}}}},")),
                StringComparison.Ordinal)
            .Replace("\"endpointId\": \"fal-ai/test\",", "", StringComparison.Ordinal);

        Assert.Equal(Count + 2, Read(text).Document!.Api!.Operations.Count);
    }

    [Fact]
    public void Combined_schemas_do_not_multiply()
    {
        var schemas = string.Join(",", Enumerable.Range(0, 60).Select(
            i => $"\"S{i}\":{{\"allOf\":[{{\"$ref\":\"#/components/schemas/S{i + 1}\"}},{{\"$ref\":\"#/components/schemas/S{i + 1}\"}}]}}"))
            + ",\"S60\":{\"type\":\"string\"}";

        Assert.Equal(SchemaTypes.String, Readings.Endpoint(
            Readings.WithValue("""{"allOf":[{"$ref":"#/components/schemas/S0"},{"minLength":1}]}""", schemas)).Input!.Property("value").Types);
    }

    [Fact]
    public void Members_beside_alternatives_do_not_multiply()
    {
        const string Member = "\"properties\":{{\"p{0}\":{{\"type\":\"string\"}}}}";
        var schemas = string.Join(",", Enumerable.Range(0, 60).Select(i => $"\"S{i}\":{{"
            + string.Format(null, Member, i)
            + $",\"oneOf\":[{{\"$ref\":\"#/components/schemas/S{i + 1}\"}},{{\"$ref\":\"#/components/schemas/S{i + 1}\"}},{{\"type\":\"object\"}}]}}"))
            + ",\"S60\":{\"type\":\"object\"}";

        var reading = Read(Readings.WithValue("""{"$ref":"#/components/schemas/S0"}""", schemas));

        Assert.All(reading.Document!.Endpoint!.Schemas, schema => Assert.True(schema.Schema.AnyOf.Count <= 64));
        Assert.Contains(reading.Problems, problem => problem.Kind == Problems.AlternativesIgnored);
    }

    [Fact]
    public void Tuples_of_shared_schemas_do_not_unfold()
    {
        var schemas = string.Join(
            ",",
            Enumerable.Range(0, 60).Select(i => $"\"S{i}\":{{\"type\":\"object\",\"properties\":{{" + string.Join(",", new[] { "a", "b" }.Select(name =>
            $"\"{name}\":{{\"allOf\":[{{\"$ref\":\"#/components/schemas/S{i + 1}\"}},{{\"required\":[\"a\"]}}]}}")) + "}}")) + ",\"S60\":{\"type\":\"object\"}";
        const string Item = """{"allOf":[{"$ref":"#/components/schemas/S0"},{"required":["a"]}]}""";

        Assert.Equal(
            ["a", "b"],
            Read(Readings.WithValue("{\"prefixItems\":[" + Item + "," + Item + "]}", schemas)).Document!.Endpoint!.Input!.Property("value").Items!.Names());
    }

    [Fact]
    public void Schemas_in_schemas_do_not_exhaust_the_stack()
    {
        static string Nested(string inner, int depth) => depth == 0 ? inner : "{\"items\":" + Nested(inner, depth - 1) + "}";
        var schemas = string.Join(",", Enumerable.Range(0, 500).Select(
            i => $"\"S{i}\":" + Nested($"{{\"allOf\":[{{\"$ref\":\"#/components/schemas/S{i + 1}\"}},{{\"minItems\":0}}]}}", 100))) + ",\"S500\":{}";
        SpecReading? reading = null;
        var small =
            new Thread(() => reading = Read(Readings.WithValue("""{"allOf":[{"$ref":"#/components/schemas/S0"},{"minItems":0}]}""", schemas)), 512 * 1024);
        small.Start();
        small.Join();

        Assert.Contains(reading!.Problems, problem => problem.Kind == Problems.SchemasTooDeep);
        Assert.NotNull(reading.Document!.Endpoint!.Input);
    }

    [Theory]
    [InlineData("many", "*f", "more than 1000000 values")]
    [InlineData("deep", "*b98", "more than 100 levels deep")]
    [InlineData("deep in brackets", "*b9]", "more than 100 levels deep")]
    [InlineData("long", "*a,", "more than 20000000 characters")]
    [InlineData("wide", "*a,", "more than 1000000 values")]
    public void Aliases_are_refused_before_anything_walks_through_what_they_stand_for(string kind, string alias, string message)
    {
        static string Repeat(string text, int count) => string.Join(",", Enumerable.Repeat(text, count));
        var yaml = kind switch
        {
            "many" => $"a: &a [{Repeat("1", 9)}]\n" + string.Concat("bcdefghij".Select(c => $"{c}: &{c} [{Repeat("*" + (char)(c - 1), 9)}]\n"))
                + "required: *j\ntype: *j\n",
            "deep" => "b0: &b0 [x]\n" + string.Concat(Enumerable.Range(1, 100_000).Select(i => $"b{i}: &b{i} [*b{i - 1}]\n")) + "required: *b100000\n",
            "deep in brackets" => "b0: &b0 [x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"b{i}: &b{i} [*b{i - 1}]\n"))
                + "required: " + new string('[', 91) + "*b9" + new string(']', 91) + "\n",
            "long" => $"a: &a {new string('x', 100_000)}\nrequired: [{Repeat("*a", 100_000)}]\n",
            _ => $"a: &a [{Repeat("1", 1_000)}]\nrequired: [{Repeat("*a", 100_000)}]\n",
        };
        var text = "# Page\n\n## OpenAPI\n\n````yaml\nopenapi: 3.1.0\n" + yaml + "````\n";
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = Read(text);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(Problems.YamlUnsupported, problem.Kind);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(alias, text[problem.Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_make_a_document_as_large_as_it_may_be_are_read()
    {
        var items = string.Join(",", Enumerable.Repeat("*a", 900));
        var text = $"a: &a [{string.Join(",", Enumerable.Repeat("1", 1_000))}]\nrequired: [{items}]\n";
        var problems = new List<SpecProblem>();

        var root = Yaml.YamlReader.Read(text, 0, text.Length, problems);

        Assert.Empty(problems);
        Assert.Equal(1 + 1_001 + 1 + (900 * 1_001), root!.Values);
    }

    [Fact]
    public void Documents_in_yaml_of_more_values_than_a_tree_holds_are_refused()
    {
        var text = string.Concat(Enumerable.Repeat("- 1\n", 1_000_000));
        var problems = new List<SpecProblem>();

        Assert.Null(Yaml.YamlReader.Read(text, 0, text.Length, problems));
        Assert.Equal((Problems.YamlUnsupported, 0), (Assert.Single(problems).Kind, problems[0].Start));
    }

    [Fact]
    public void Large_garbage_is_refused()
    {
        Assert.Null(Read("{" + new string('x', 50_000_000)).Document);
        Assert.Null(Read(new string('[', 50_000_000)).Document);
        Assert.Null(Read(new string('#', 50_000_000)).Document);
    }

    /// <summary>Reads a text, and looks up every location that the reading names.</summary>
    private static SpecReading Read(string text)
    {
        var reading = SpecReader.Read(text);
        foreach (var problem in reading.Problems.Take(20))
        {
            Assert.False(string.IsNullOrEmpty(problem.Message));
            var range = problem.Start >= 0 ? new TextRange(problem.Start, problem.Length) : SpecReader.Locate(text, problem.Pointer);
            Assert.InRange(range.Start, 0, text.Length);
            Assert.InRange(range.Start + range.Length, range.Start, text.Length);
        }
        foreach (var property in reading.Document?.Endpoint?.Input?.Properties.Take(3) ?? [])
        {
            var location = SpecReader.Locate(text, property.Schema.Pointer);
            Assert.InRange(location.Start + location.Length, 0, text.Length);
        }
        return reading;
    }
}
