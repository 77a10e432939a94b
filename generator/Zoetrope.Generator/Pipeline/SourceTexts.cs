using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// The strings of the compiler's texts. It is a class of its own because its field has a type of the compiler: what the command line uses of this assembly must
/// have none, or its native build cannot run it.
/// </summary>
internal static class SourceTexts
{
    private static readonly ConditionalWeakTable<SourceText, string> _texts = new();

    /// <summary>One string for as long as the compiler has the same text, so that it is compared at no cost.</summary>
    public static string Of(AdditionalText text, CancellationToken cancellationToken) =>
        text.GetText(cancellationToken) is { } source ? _texts.GetValue(source, static source => source.ToString()) : "";
}
