namespace Zoetrope.Agreement.Tests;

/// <summary>What is generated for whole APIs says the same as their documents: their named schemas, and what operations have of their own.</summary>
public class ApiTests(ITestOutputHelper output)
{
    [Fact]
    public void Examples_of_documents_are_read_and_written_back() => Trials.OfExamples(CompiledModels.Of(CompiledModels.Apis), 1);

    [Fact]
    public void Valid_instances_are_taken_and_written_back()
    {
        var models = CompiledModels.Of(CompiledModels.Apis);
        var (made, valid) = Trials.OfValid(models, 1);

        output.WriteLine($"{made} instances, {valid} of them valid");
        // Not every value of a named schema is one that its class reads: some are null, or a text beside objects.
        Assert.True(made >= models.Endpoints.Count * 0.9, $"Only {made} instances could be made.");
        Assert.True(valid > made * 0.9, $"Only {valid} of {made} instances were valid.");
    }

    [Fact]
    public void Changed_instances_are_refused_where_the_schema_refuses_them()
    {
        var models = CompiledModels.Of(CompiledModels.Apis);
        var (tried, refused) = Trials.OfChanged(models, 3);

        output.WriteLine($"{tried} instances of {models.Endpoints.Count} schemas, {refused} of them refused");
        Assert.True(refused > tried * 0.1, $"Only {refused} of {tried} instances were refused.");
    }
}
