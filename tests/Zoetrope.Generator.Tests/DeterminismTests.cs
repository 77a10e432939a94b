using System.Globalization;

namespace Zoetrope.Generator.Tests;

public class DeterminismTests
{
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

    private static bool InvariantMode() => AppContext.TryGetSwitch("System.Globalization.Invariant", out var enabled) && enabled;

    private static Spec[] Corpus() =>
    [
        .. TestFiles.Kling,
        Documents.FalOpenApi("fal-ai/numbers", """{"i": {"type": "integer", "minimum": -1, "maximum": 12345678}, "n": {"type": "number", "minimum": -0.5, "exclusiveMaximum": 1234.5}, "title_id": {"type": "string", "enum": ["İ", "ı", "I", "i", "-1"]}}"""),
    ];

    private static string Run(Spec[] specs) => string.Join("\n", new Project(specs).Run().Sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => source.Key + "\n" + source.Value));
}
