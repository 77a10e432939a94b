namespace Zoetrope.Generator.Tests;

/// <summary>Models whose documents were deleted.</summary>
public class RemovedModelTests
{
    private const string Names = """
        "names": {"fal:fal-ai/old": "Old", "fal:fal-ai/old#/$input/a": "A", "fal:fal-ai/new": "New", "eachlabs:gone": "Gone", "api:x": "X"}
        """;

    private static readonly Spec _new = Documents.FalOpenApi("fal-ai/new", """{"a": {"type": "string"}}""") with { Path = "specs/fal/new.json" };

    private static readonly Spec _old = Documents.FalOpenApi("fal-ai/old", """{"a": {"type": "string"}}""") with { Path = "specs/fal/old.json" };

    [Theory]
    [InlineData("")]
    [InlineData("""fal/new.json fal/old.json""")]
    [InlineData("""fal/new.json eachlabs/gone.md""")]
    public void A_model_that_only_the_lock_file_has_is_reported_there(string files)
    {
        var locked = Lock(files);

        var diagnostic = Assert.Single(new Project([_new, locked]).Run().Diagnostics);

        Assert.Equal("ZT0144", diagnostic.Id);
        Assert.Contains("'fal-ai/old' of fal", diagnostic.GetMessage());
        Assert.Contains("class Old", diagnostic.GetMessage());
        var position = diagnostic.Location.GetLineSpan().StartLinePosition;
        Assert.Equal(locked.PlaceOf("\"Old\""), (position.Line + 1, position.Character + 1));
    }

    [Fact]
    public void A_model_that_is_there_is_not() => Assert.Empty(new Project([_new, _old, Lock("fal/new.json fal/old.json")]).Run().Diagnostics);

    [Fact]
    public void A_project_with_some_of_the_documents_lacks_nothing() =>
        Assert.Empty(new Project([_new, Lock("fal/new.json fal/old.json fal/other.json")]).Run().Diagnostics);

    [Fact]
    public void Models_of_providers_that_the_project_does_not_have_are_not_its_own() =>
        Assert.Empty(new Project([_new, Lock("fal/new.json").Replace("fal:fal-ai/old", "other:fal-ai/old")]).Run().Diagnostics);

    private static Spec Lock(string files)
    {
        var entries = files.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(file => "\"" + file + "\": {\"origin\": \"x\", \"date\": \"2026-01-01\", \"sha256\": \"" + new string('0', 64) + "\"}");
        return new("specs/specs.lock.json", "{\"files\": {" + string.Join(", ", entries) + "}, " + Names + "}");
    }
}
