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
        Trials.OfExamples(models, 5);
        foreach (var endpoint in models.Endpoints.Where(endpoint => endpoint.Page is not null))
        {
            foreach (var request in new[] { endpoint.Page!.RequiredExample, endpoint.Page.RequestExample }.OfType<Zoetrope.Specs.Model.JsonLiteral>())
            {
                Assert.Null(JsonSame.Difference(request.Json, endpoint.Request.RoundTrip(request.Json)));
                Assert.Empty(
                    endpoint.Validate(request.Json).Where(issue => !Differences.Explains(issue, endpoint)).Select(issue => $"{endpoint.Name}: {issue}"));
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
        var (made, valid) = Trials.OfValid(models, count);
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
        var (tried, refused) = Trials.OfChanged(CompiledModels.Of(source), count);
        output.WriteLine($"{tried} instances, {refused} of them refused");
        Assert.True(refused > tried * 0.3, $"Only {refused} of {tried} instances were refused.");
    }

    [Fact]
    public void Every_deliberate_difference_is_there()
    {
        Trials.OfChanged(CompiledModels.Of(CompiledModels.Forms), 1500);

        Assert.Empty(Differences.All.Except(Differences.Met).Select(difference => difference.Rule));
    }

    [Fact]
    public void The_readme_lists_the_deliberate_differences()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);

        Assert.Equal(Differences.All.Select(difference => $"| {difference.Rule} | {difference.Reason} |"), rows);
    }
}
