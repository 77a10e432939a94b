using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.Generator.Tests;

/// <summary>What an edit runs again.</summary>
public class ApiIncrementalTests
{
    private static readonly string[] _steps = [StageNames.ApiGroup, StageNames.ApiBind, StageNames.ApiUnits, StageNames.ApiEmit];

    [Fact]
    public void An_edit_of_one_operation_writes_only_its_file()
    {
        var rerun = Edit(StudioApi.Document, spec => spec.Replace("\"maximum\": 50", "\"maximum\": 60"));

        var sources = rerun.Changes(StageNames.ApiEmit).ToList();
        Assert.Equal(13, sources.Count);
        Assert.Single(sources, change => change == RowChange.Modified);
        Assert.Equal(12, sources.Count(change => change == RowChange.Cached));
        Assert.Contains("max: 60L", rerun.After.GeneratedSources.Single(source => source.HintName == "Demo.Models.Studio.ListClips.g.cs").SourceText.ToString());
    }

    [Fact]
    public void An_edit_of_a_shared_schema_leaves_operations_that_only_name_it()
    {
        var rerun = Edit(StudioApi.Document, spec => spec.Replace("\"maxLength\": 5}", "\"maxLength\": 6}"));

        Assert.Single(rerun.Changes(StageNames.ApiEmit), change => change == RowChange.Modified);
    }

    [Fact]
    public void An_edit_of_unrelated_code_or_of_a_model_runs_nothing()
    {
        var other = IncrementalTests.OtherEndpoint();
        var project = new Project([StudioApi.Document, other]);
        var code = CSharpSyntaxTree.ParseText("internal class Unrelated;", (CSharpParseOptions)project.Compilation.SyntaxTrees[0].Options);

        var unrelated = Rerun.Of(project, driver => driver, project.Compilation.AddSyntaxTrees(code));
        var model = Rerun.Of(project, other.Path, spec => spec.Replace("100", "99"));

        foreach (var rerun in new[] { unrelated, model })
            AssertCached(rerun);
    }

    [Fact]
    public void An_edit_of_white_space_ends_after_reading()
    {
        var rerun = Edit(StudioApi.Document, spec => spec with { Text = "\n" + spec.Text });

        Assert.Contains(RowChange.Modified, rerun.Changes(StageNames.Read));
        AssertCached(rerun);
    }

    private static Rerun Edit(Spec spec, Func<Spec, Spec> edit) => Rerun.Of(new Project([spec]), spec.Path, edit);

    private static void AssertCached(Rerun rerun)
    {
        foreach (var step in _steps)
        {
            Assert.NotEmpty(rerun.Changes(step));
            Assert.All(rerun.Changes(step), change => Assert.Equal(RowChange.Cached, change));
        }
    }
}
