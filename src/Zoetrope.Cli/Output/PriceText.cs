using Zoetrope.Models;

namespace Zoetrope.Cli.Output;

/// <summary>The price of a model in the provider's words.</summary>
internal static class PriceText
{
    /// <summary>It in one line; null where the page states none, of which it says so in a sentence.</summary>
    public static string? Of(ModelInfo info) => info.Pricing is { } text && text.Any(char.IsAsciiDigit) ? text.ReplaceLineEndings("; ") : null;
}
