using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.Generator.Tests;

/// <summary>A document as a project names it.</summary>
internal sealed record Spec(
    string Path, string Text, string? Provider = null, string? Namespace = null, bool Reference = false, bool IsDocument = true, string? Name = null,
    string? Rules = null)
{
    /// <summary>The same with a piece of its text replaced; the piece must be there.</summary>
    public Spec Replace(string old, string replacement)
    {
        Assert.Contains(old, Text);
        return this with { Text = Text.Replace(old, replacement) };
    }

    /// <summary>Line and column, from 1, of the first occurrence of a piece of the text.</summary>
    public (int Line, int Column) PlaceOf(string piece)
    {
        var start = Text.IndexOf(piece, StringComparison.Ordinal);
        Assert.True(start >= 0, $"'{piece}' is not in {Path}.");
        var position = SourceText.From(Text).Lines.GetLinePosition(start);
        return (position.Line + 1, position.Character + 1);
    }
}

/// <summary>An additional file that compares by reference and keeps its text, as the compiler's do.</summary>
internal sealed class SpecText(Spec spec) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(spec.Text, Encoding.UTF8);
    private int _taken;

    public Spec Spec => spec;

    /// <summary>How often somebody asked for the text.</summary>
    public int Taken => _taken;

    public override string Path => spec.Path;

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _taken);
        return _text;
    }
}

/// <summary>What MSBuild hands to generators.</summary>
internal sealed class ProjectOptionsProvider(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(ImmutableDictionary<string, string>.Empty);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
    {
        const string Prefix = "build_metadata.AdditionalFiles.";
        var spec = ((SpecText)textFile).Spec;
        return new Options(ImmutableDictionary<string, string>.Empty
            .Add(Prefix + "ZoetropeSpec", spec.IsDocument ? "true" : "")
            .Add(Prefix + "Provider", spec.Provider ?? "")
            .Add(Prefix + "Namespace", spec.Namespace ?? "")
            .Add(Prefix + "Name", spec.Name ?? "")
            .Add(Prefix + "Rules", spec.Rules ?? "")
            .Add(Prefix + "Reference", spec.Reference ? "true" : ""));
    }

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
