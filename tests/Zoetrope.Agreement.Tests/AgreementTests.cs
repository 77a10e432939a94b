using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>The generated code says the same as the documents, as NSwag and NJsonSchema read them.</summary>
public class AgreementTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(CompiledModels.Vendored)]
    [InlineData(CompiledModels.Forms)]
    [InlineData(CompiledModels.Corpus)]
    public void Examples_of_documents_are_read_and_written_back(string source)
    {
        var models = CompiledModels.Of(source);
        Runs.Over(models, 5, (endpoint, seed) =>
        {
            foreach (var (schema, code, isRequest) in Sides(endpoint))
            {
                var maker = new InstanceMaker(schema.View, Runs.Random(endpoint, seed), seed);
                if (!maker.TryMake(schema.Node, out var example))
                    continue;
                if (Lost(code, example) is { } lost)
                    return lost;
                if (isRequest && Verdicts.Compare(endpoint, example, out _) is { } difference)
                    return $"{difference}\n    {example?.ToJsonString()}";
            }
            return null;
        });
        foreach (var endpoint in models.Endpoints.Where(endpoint => endpoint.Page is not null))
        {
            foreach (var request in new[] { endpoint.Page!.RequiredExample, endpoint.Page.RequestExample }.OfType<Specs.JsonLiteral>())
            {
                Assert.Null(JsonSame.Difference(request.Json, endpoint.Request.RoundTrip(request.Json)));
                Assert.Empty(endpoint.Validate(request.Json).Where(issue => !Differences.Explains(issue, endpoint)).Select(issue => $"{endpoint.Name}: {issue}"));
            }
            if (endpoint.Page.ResponseExample is { } response)
                Assert.Null(JsonSame.Difference(response.Json, endpoint.Result.RoundTrip(response.Json)));
        }
    }

    [Theory]
    [InlineData(CompiledModels.Vendored, 200)]
    [InlineData(CompiledModels.Forms, 400)]
    [InlineData(CompiledModels.Corpus, 10)]
    public void Valid_instances_are_taken_and_written_back(string source, int count)
    {
        var models = CompiledModels.Of(source);
        var (made, valid) = (0, 0);
        Runs.Over(models, count, (endpoint, seed) =>
        {
            foreach (var (schema, code, isRequest) in Sides(endpoint))
            {
                if (!new InstanceMaker(schema.View, Runs.Random(endpoint, seed), null).TryMake(schema.Node, out var instance))
                    continue;
                Interlocked.Increment(ref made);
                if (Lost(code, instance) is { } lost)
                    return lost;
                var isValid = false;
                if (isRequest && Verdicts.Compare(endpoint, instance, out isValid) is { } difference)
                    return $"{difference}\n    {instance?.ToJsonString()}";
                if (isValid || (!isRequest && schema.Findings(instance).All(Verdicts.IsExplained)))
                    Interlocked.Increment(ref valid);
            }
            return null;
        });
        output.WriteLine($"{made} instances, {valid} of them valid");
        Assert.True(made >= models.Endpoints.Count * count, $"Only {made} instances could be made.");
        Assert.True(valid > made * 0.9, $"Only {valid} of {made} instances were valid.");
    }

    [Theory]
    [InlineData(CompiledModels.Vendored, 2000)]
    [InlineData(CompiledModels.Forms, 4000)]
    [InlineData(CompiledModels.Corpus, 60)]
    public void Changed_instances_are_refused_where_the_schema_refuses_them(string source, int count)
    {
        var (tried, refused) = Change(CompiledModels.Of(source), count);
        output.WriteLine($"{tried} instances, {refused} of them refused");
        Assert.True(refused > tried * 0.3, $"Only {refused} of {tried} instances were refused.");
    }

    [Fact]
    public void Every_deliberate_difference_is_there()
    {
        Change(CompiledModels.Of(CompiledModels.Forms), 1500);

        Assert.Empty(Differences.All.Except(Differences.Met).Select(difference => difference.Rule));
    }

    [Fact]
    public void The_readme_lists_the_deliberate_differences()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);

        Assert.Equal(Differences.All.Select(difference => $"| {difference.Rule} | {difference.Reason} |"), rows);
    }

    private static (int Tried, int Refused) Change(CompiledModels models, int count)
    {
        var (tried, refused) = (0, 0);
        Runs.Over(models, count, (endpoint, seed) =>
        {
            var random = Runs.Random(endpoint, seed);
            var schema = endpoint.Judge.Request;
            var maker = new InstanceMaker(schema.View, random, null);
            if (!maker.TryMake(schema.Node, out var instance) || Mutations.Apply(instance, maker.Places, random) is not JsonObject changed)
                return null;
            Interlocked.Increment(ref tried);
            if (Verdicts.Compare(endpoint, changed, out var isValid) is { } difference)
                return $"{difference}\n    {changed.ToJsonString()}";
            if (!isValid)
                Interlocked.Increment(ref refused);
            return Lost(endpoint.Request, changed);
        });
        return (tried, refused);
    }

    private static IEnumerable<(JudgedSchema Schema, ModelCode Code, bool IsRequest)> Sides(AgreedEndpoint endpoint)
    {
        yield return (endpoint.Judge.Request, endpoint.Request, true);
        if (endpoint.Judge.Result is { } result)
            yield return (result, endpoint.Result, false);
    }

    private static string? Lost(ModelCode code, JsonNode? instance)
    {
        var json = instance?.ToJsonString() ?? "null";
        return JsonSame.Difference(json, code.RoundTrip(json)) is { } lost ? $"{code.Type.Name}: {lost}\n    {json}" : null;
    }
}
