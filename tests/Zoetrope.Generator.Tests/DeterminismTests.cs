using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Zoetrope.Fuzz;

namespace Zoetrope.Generator.Tests;

public class DeterminismTests
{
    // What this process makes of the documents of a folder, which several others are compared with.
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<string>>> _described = [];

    /// <summary>
    /// Whole processes with the cultures, the calendars and the time zones of others, the files from the last to the first, and folders as Windows writes them:
    /// same bytes of code, same problems. The tests themselves run without cultures, so the processes are given a configuration with them.
    /// </summary>
    [Theory]
    [InlineData("specs", "tr_TR.UTF-8", "Asia/Kolkata", "tr-TR -1,5 ı 2026 05:30:00")]
    [InlineData("specs", "ar_SA.UTF-8", "America/St_Johns", "ar-SA ")]
    [InlineData("specs", "th_TH.UTF-8", "Pacific/Kiritimati", "th-TH -1.5 i 2569 14:00:00")]
    [InlineData("fal-openapi", "tr_TR.UTF-8", "Asia/Kolkata", "tr-TR -1,5 ı 2026 05:30:00")]
    [InlineData("fal-openapi", "th_TH.UTF-8", "Pacific/Kiritimati", "th-TH -1.5 i 2569 14:00:00")]
    [InlineData("fal-pages", "ar_SA.UTF-8", "America/St_Johns", "ar-SA ")]
    [InlineData("eachlabs-pages", "ar_SA.UTF-8", "America/St_Johns", "ar-SA ")]
    [InlineData("openapi", "tr_TR.UTF-8", "Asia/Kolkata", "tr-TR -1,5 ı 2026 05:30:00")]
    public async Task Surroundings_change_nothing(string folder, string locale, string zone, string surroundings)
    {
        var path = folder == "specs" ? Path.Combine(TestFiles.Root, folder) : Path.GetDirectoryName(TestFiles.Corpus(folder)[0])!;
        var expected = _described.GetOrAdd(path, _ => new(() => [.. Description.Of(FuzzDocuments.OfFolder(path))])).Value;

        var described = await DescribeAsync(path, locale, zone);

        if (described is ["", ..])
            Assert.Skip("no ICU on this machine");
        Assert.StartsWith(surroundings, described[0]);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, described.Skip(1));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void Cultures_change_nothing(string name)
    {
        var documents = Corpus();
        var expected = Run(documents);
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Invariant mode knows no cultures; one is made with what makes real ones dangerous.
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = name == "sv-SE" ? "\u2212" : "-";
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = InvariantMode() ? culture : new CultureInfo(name);
            Assert.Equal(expected, Run(documents));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_order_of_files_changes_nothing()
    {
        var documents = Corpus();
        var expected = Run(documents);

        Assert.Equal(expected, Run([.. documents.Reverse()]));
        Assert.Equal(expected, Run([.. documents.OrderBy(spec => spec.Text.Length)]));
    }

    [Fact]
    public void Folders_and_separators_change_nothing() =>
        Assert.Equal(Run(Corpus()), Run([.. Corpus().Select(spec => spec with { Path = "C:\\other\\" + spec.Path.Replace('/', '\\') })]));

    [Fact]
    public void Line_ends_change_nothing() =>
        Assert.Equal(Run(Corpus()), Run([.. Corpus().Select(spec => spec with { Text = spec.Text.Replace("\n", "\r\n") })]));

    [Fact]
    public void Generated_code_has_line_feeds_only() => Assert.DoesNotContain('\r', Run(Corpus()));

    private static async Task<string[]> DescribeAsync(string folder, string locale, string zone)
    {
        var program = typeof(Description).Assembly.Location;
        var configuration = Path.Combine(Directory.CreateTempSubdirectory("zoetrope-").FullName, "with-cultures.json");
        await File.WriteAllTextAsync(configuration, (await File.ReadAllTextAsync(Path.ChangeExtension(program, ".runtimeconfig.json")))
            .Replace("\"System.Globalization.Invariant\": true", "\"System.Globalization.Invariant\": false"));
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", configuration, program, "--describe", folder, "reversed"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = start.Environment["LANG"] = locale;
        start.Environment["TZ"] = zone;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(Path.GetDirectoryName(configuration)!, recursive: true);
        if (errors.Contains("ICU", StringComparison.Ordinal))
            return [""];
        Assert.True(process.ExitCode == 0, errors);
        return (await output).TrimEnd('\n').Split('\n');
    }

    private static bool InvariantMode() => AppContext.TryGetSwitch("System.Globalization.Invariant", out var enabled) && enabled;

    private static Spec[] Corpus() =>
    [
        .. TestFiles.Kling,
        Documents.FalOpenApi(
            "fal-ai/numbers",
            """{"i": {"type": "integer", "minimum": -1, "maximum": 12345678}, "n": {"type": "number", "minimum": -0.5, "exclusiveMaximum": 1234.5}, "title_id": {"type": "string", "enum": ["İ", "ı", "I", "i", "-1"]}}"""),
    ];

    private static string Run(Spec[] specs) => string.Join(
        "\n",
        new Project(specs).Run().Sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => source.Key + "\n" + source.Value));
}
