namespace Zoetrope.Cli.Tests;

/// <summary>Severities are the project's own. The generator and the analyzer both report; without analyzers the generator alone.</summary>
public sealed class SeverityTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<RunAnalyzers>false</RunAnalyzers>")]
    public async Task A_globalconfig_sets_each_severity(string properties)
    {
        using var folder = Damaged();
        folder.Write(".globalconfig", """
            is_global = true
            dotnet_diagnostic.ZT0101.severity = error
            dotnet_diagnostic.ZT0104.severity = none
            dotnet_diagnostic.ZT0120.severity = silent
            dotnet_diagnostic.ZT0110.severity = warning
            """);

        var build = await ConsumerBuild.RunAsync(folder, properties);

        Assert.False(build.Succeeded);
        Assert.Equal(["error ZT0101", "warning ZT0012", "warning ZT0035", "warning ZT0110"], Summary(build));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<RunAnalyzers>false</RunAnalyzers>")]
    public async Task Properties_of_the_project_set_each_severity(string properties)
    {
        using var folder = Damaged();

        var build = await ConsumerBuild.RunAsync(
            folder, $"<TreatWarningsAsErrors>true</TreatWarningsAsErrors><NoWarn>$(NoWarn);ZT0120</NoWarn>{properties}");

        // What providers do stays a warning by itself.
        Assert.Equal(["warning ZT0012", "warning ZT0035", "warning ZT0101", "warning ZT0104"], Summary(build));
        Assert.True(build.Succeeded);
    }

    [Fact]
    public async Task Contradictions_are_errors_where_the_project_names_them()
    {
        using var folder = Damaged();

        var build = await ConsumerBuild.RunAsync(
            folder,
            "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsAsErrors>$(WarningsAsErrors);ZT0101</WarningsAsErrors>");

        Assert.Equal(["error ZT0101", "warning ZT0012", "warning ZT0035", "warning ZT0104", "warning ZT0120"], Summary(build));
    }

    /// <summary>An error of a document is why a type is missing; the compiler must not hide it behind the errors that follow.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("<RunAnalyzers>false</RunAnalyzers>")]
    public async Task Errors_of_documents_are_reported_beside_those_of_the_code(string properties)
    {
        using var folder = new SpecsFolder();
        folder.Delete(SpecsFolder.FalOpenApi);
        folder.Write(SpecsFolder.FalPage, "{");

        var build = await ConsumerBuild.RunAsync(
            folder,
            properties,
            "internal static class Program { private static Consumer.Models.KlingVideoO3ProImageToVideo? _model; }");

        Assert.False(build.Succeeded);
        Assert.Contains("error ZT0004", Summary(build));
        Assert.Contains("error CS0234", build.Output);
    }

    /// <summary>Documents with ZT0012, ZT0035, ZT0101, ZT0104, ZT0110 and ZT0120.</summary>
    private static SpecsFolder Damaged()
    {
        var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.FalPage, "- **`duration`** (`DurationEnum`, _optional_)", "- **`duration`** (`DurationEnum`, _required_)");
        folder.Replace(SpecsFolder.FalPage, "  - Default: `false`", "  - Default: `true`");
        folder.Replace(
            SpecsFolder.FalPage,
            "- **`shot_type`**",
            "- **`duration`** (`string`, _optional_):\n  Again.\n\n- **`other`** (`Undescribed`, _optional_):\n  A type.\n\n- **`shot_type`**");
        folder.Replace(SpecsFolder.FalOpenApi, "\"title\": \"Prompt\"", "\"title\": \"P\", \"title\": \"Prompt\"");
        folder.Replace(SpecsFolder.Catalog, "\"eachlabs\": \"kling", "\"eachlabs\": \"no-kling");
        return folder;
    }

    private static string[] Summary(ConsumerBuild build) =>
        [.. build.Printed
            .Select(line => string.Join(' ', line[(line.IndexOf("): ", StringComparison.Ordinal) + 3)..].Split(':')[0]))
            .Distinct()
            .Order(StringComparer.Ordinal)];
}
