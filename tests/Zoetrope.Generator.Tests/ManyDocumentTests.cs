using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests;

/// <summary>Projects with so many documents that several are read, bound and written at a time.</summary>
public class ManyDocumentTests
{
    private static readonly Spec[] _specs =
    [
        .. Enumerable.Range(0, 40).Select(number => Documents.FalOpenApi(
            $"fal-ai/model-{number}", $$"""{"prompt": {"type": "string", "maxLength": {{number + 1}}}, "image_url": {"type": "string"} }""")),
    ];

    [Fact]
    public void Each_document_gives_the_code_that_it_gives_alone()
    {
        var all = new Project(_specs).Run();

        Assert.Equal(_specs.Length, all.Sources.Count(source => source.Key.StartsWith("Demo.Models.Model", StringComparison.Ordinal) && source.Key != Index));
        foreach (var alone in _specs.Select(spec => new Project([spec]).Run().Sources.Single(source => source.Key != Index)))
            Assert.Equal(alone.Value, all.Source(alone.Key));
    }

    [Fact]
    public void Files_come_in_the_order_of_the_documents()
    {
        var names = new Project(_specs).Run().Result.GeneratedSources.Select(source => source.HintName).Where(name => name != Index);

        Assert.Equal(_specs.Select((_, number) => $"Demo.Models.Model{number}.g.cs"), names);
    }

    [Fact]
    public void Problems_come_in_the_order_of_the_documents()
    {
        var broken = _specs.Select(spec => spec with { Text = spec.Text[..^1] });

        Assert.Equal(_specs.Select(spec => spec.Path), new Project(broken).Run().Diagnostics.Select(problem => problem.Location.GetLineSpan().Path));
    }

    [Fact]
    public void A_run_that_is_canceled_ends_as_canceled_and_the_next_one_makes_everything()
    {
        var project = new Project(_specs);
        var driver = project.Driver(trackSteps: false);
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => driver.RunGenerators(project.Compilation, canceled.Token));
        var result = driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0];

        Assert.Null(result.Exception);
        Assert.Equal(_specs.Length + 1, result.GeneratedSources.Length);
    }

    private const string Index = "Demo.Models.ModelIndex.g.cs";
}
