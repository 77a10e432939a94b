namespace Zoetrope.Agreement.Tests;

/// <summary>Everything generates, and compiles together without a warning.</summary>
public class CompileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(CompiledModels.Vendored)]
    [InlineData(CompiledModels.Forms)]
    [InlineData(CompiledModels.Corpus)]
    [InlineData(CompiledModels.Apis)]
    public void All_documents_compile_together(string source)
    {
        var models = CompiledModels.Of(source);

        Assert.DoesNotContain(models.Generated.Diagnostics, diagnostic => diagnostic.Id is "ZT0299" or "CS8785");
        output.WriteLine(
            $"{models.Specs.Count} documents, {models.Endpoints.Count} endpoints, {models.Generated.Sources.Count} files, {models.Generated.Sources.Values.Sum(text => (long)text.Length)} characters of C#");
        Assert.NotEmpty(models.Endpoints);
        var clients = models.Assembly.GetExportedTypes().Count(type => type.IsSubclassOf(typeof(Operations.ApiClient)));
        Assert.Equal(models.Specs.Count(spec => spec.Path.StartsWith("openapi/", StringComparison.Ordinal)), clients);
    }
}
