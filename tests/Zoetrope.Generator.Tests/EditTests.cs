using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.Generator.Tests;

/// <summary>Edits in a project of many endpoints: what runs again, and which files change.</summary>
public class EditTests
{
    private const int Endpoints = 20;

    private static readonly Spec _lock = new("specs/specs.lock.json", """{"names": {"fal:fal-ai/model-3": "Third", "fal:fal-ai/model-4": "Fourth"}}""");

    /// <summary>Endpoints of which each has a problem that binding finds, and the lock.</summary>
    private static readonly Spec[] _specs = [.. Enumerable.Range(0, Endpoints).Select(Endpoint), _lock];

    [Fact]
    public void An_edit_of_code_calls_nothing_but_the_look_at_the_references()
    {
        var project = new Project(_specs);
        var tree = project.Compilation.SyntaxTrees[0];
        var rerun = Rerun.Of(
            project,
            driver => driver,
            project.Compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText("internal class Unrelated;", (CSharpParseOptions)tree.Options)));

        Assert.Equal([(StageNames.EmitOptions, 1), (StageNames.OwnModels, 1)], Pairs(rerun.Called));
        Assert.Empty(rerun.Changed);
        Assert.Empty(rerun.Files);
        Assert.All(rerun.Outputs, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_newer_language_version_changes_nothing()
    {
        var rerun = Rerun.Of(new(_specs), driver => driver, new Project(_specs, LanguageVersion.Preview).Compilation);

        Assert.Empty(rerun.Changed);
    }

    [Fact]
    public void An_edit_of_one_document_runs_the_steps_of_its_endpoint_and_writes_its_file()
    {
        var rerun = Replace(7, spec => spec.Replace("\"maxLength\": 7", "\"maxLength\": 70"));

        Assert.Equal(Once(
            StageNames.Files,
            StageNames.Read,
            StageNames.Documents,
            StageNames.Group,
            StageNames.Merge,
            StageNames.Bind,
            StageNames.Emit,
            StageNames.Locate), Pairs(rerun.Changed));
        Assert.Equal(["Demo.Models.Model7.g.cs"], rerun.Files);
        // The others' problems are not located again either.
        Assert.Equal(1, rerun.Called[StageNames.Locate]);
        Assert.Equal(1, rerun.Called[StageNames.Emit]);
    }

    [Fact]
    public void An_edit_of_white_space_ends_after_reading()
    {
        var rerun = Replace(7, spec => spec with { Text = "\n" + spec.Text });

        // The problem of the document has another line now.
        Assert.Equal(Once(StageNames.Files, StageNames.Read, StageNames.Locate), Pairs(rerun.Changed));
        Assert.Empty(rerun.Files);
    }

    [Fact]
    public void A_new_endpoint_touches_its_own_file_and_the_index()
    {
        var rerun = Rerun.Of(new(_specs), driver => driver.AddAdditionalTexts([new SpecText(Endpoint(Endpoints))]));

        Assert.Equal(["Demo.Models.Model20.g.cs", "Demo.Models.ModelIndex.g.cs"], rerun.Files);
        Assert.Equal((1, 1, 1), (rerun.Called[StageNames.Merge], rerun.Called[StageNames.Bind], rerun.Called[StageNames.Emit]));
    }

    [Fact]
    public void A_removed_endpoint_touches_its_own_file_and_the_index()
    {
        var project = new Project(_specs);
        var rerun = Rerun.Of(project, driver => driver.RemoveAdditionalTexts([project.Texts[7]]));

        Assert.Equal(["Demo.Models.Model7.g.cs", "Demo.Models.ModelIndex.g.cs"], rerun.Files);
        Assert.Equal((1, 1, 1), (rerun.Called[StageNames.Merge], rerun.Called[StageNames.Bind], rerun.Called[StageNames.Emit]));
    }

    [Fact]
    public void An_edit_of_the_lock_touches_whose_names_changed()
    {
        var rerun = Replace(Endpoints, spec => spec.Replace("\"Fourth\"", "\"Quarter\""));

        Assert.Equal(["Demo.Models.Fourth.g.cs", "Demo.Models.ModelIndex.g.cs", "Demo.Models.Quarter.g.cs"], rerun.Files);
        Assert.Equal((1, 1), (rerun.Called[StageNames.Bind], rerun.Called[StageNames.Emit]));
    }

    [Fact]
    public void An_edit_of_the_lock_that_locks_a_name_which_is_given_anyway_touches_no_file()
    {
        var rerun = Replace(Endpoints, spec => spec.Replace("{\"names\": {", "{\"names\": {\"fal:fal-ai/model-9\": \"Model9\","));

        Assert.Empty(rerun.Files);
        Assert.Equal(1, rerun.Called[StageNames.Merge]);
    }

    [Fact]
    public void An_edit_of_the_catalog_runs_only_the_neutral_models()
    {
        var project = new Project([.. _specs, .. TestFiles.Kling]);
        var catalog = project.Texts.Single(text => text.Path == TestFiles.KlingCatalog.Path);
        var rerun = Rerun.Of(project, driver => driver.ReplaceAdditionalText(
            catalog, new SpecText(catalog.Spec.Replace("\"kling-o3-pro-image-to-video\": {", "\"kling-anew\": {"))));

        Assert.Equal(
            ["Demo.Models.Neutral.KlingAnew.g.cs", "Demo.Models.Neutral.KlingO3ProImageToVideo.g.cs", "Demo.Models.Neutral.NeutralIndex.g.cs"],
            rerun.Files);
        Assert.DoesNotContain(rerun.Changed.Keys, step => step is StageNames.Group or StageNames.Merge or StageNames.Bind or StageNames.Emit);
    }

    [Fact]
    public void An_edit_of_the_catalogs_namespace_touches_no_endpoint()
    {
        var rerun = Rerun.Of(
            new(_specs),
            driver => driver.WithUpdatedAnalyzerConfigOptions(new Project([], properties: ("ZoetropeCatalogNamespace", "Demo.Shared")).Options));

        Assert.Equal(Once(StageNames.Options), Pairs(rerun.Changed));
        Assert.Empty(rerun.Files);
    }

    [Fact]
    public void An_edit_of_the_namespace_touches_every_endpoint_that_states_none()
    {
        Spec[] specs = [Endpoint(0), Endpoint(1) with { Namespace = "Demo.Apart" }];
        var rerun =
            Rerun.Of(new(specs), driver => driver.WithUpdatedAnalyzerConfigOptions(new Project([], properties: ("ZoetropeNamespace", "Demo.Shared")).Options));

        Assert.Equal(["Demo.Models.Model0.g.cs", "Demo.Models.ModelIndex.g.cs", "Demo.Shared.Model0.g.cs", "Demo.Shared.ModelIndex.g.cs"], rerun.Files);
        Assert.Equal((1, 1, 1), (rerun.Called[StageNames.Merge], rerun.Called[StageNames.Bind], rerun.Called[StageNames.Emit]));
    }

    [Fact]
    public void A_document_that_is_named_twice_stops_none_of_the_others()
    {
        var generated = new Project([_specs[0], _specs[1], _specs[1]]).Run();

        Assert.All(
            generated.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
            diagnostic => Assert.Equal("ZT0107", diagnostic.Id));
        Assert.Contains(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0107");
        Assert.Equal(["Demo.Models.Model0.g.cs", "Demo.Models.ModelIndex.g.cs"], generated.Sources.Keys.Order(StringComparer.Ordinal));
    }

    private static Spec Endpoint(int number) => Documents.FalOpenApi(
        "fal-ai/model-" + number, $$"""{"prompt": {"type": "string", "maxLength": {{number}} }, "raw": {"description": "d"} }""");

    private static Rerun Replace(int number, Func<Spec, Spec> edit) => Rerun.Of(new(_specs), _specs[number].Path, edit);

    private static IEnumerable<(string, int)> Once(params string[] steps) => steps.Order(StringComparer.Ordinal).Select(step => (step, 1));

    private static IEnumerable<(string, int)> Pairs(IReadOnlyDictionary<string, int> steps) =>
        steps.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => (step.Key, step.Value));
}
