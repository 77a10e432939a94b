namespace Zoetrope.Specs;

/// <summary>The result of reading one document.</summary>
/// <param name="Document">What it says, or null when nothing of it could be used.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record SpecReading(SpecDocument? Document, EquatableArray<SpecProblem> Problems);

/// <summary>Reads documents of every known kind.</summary>
public static class SpecReader
{
    /// <summary>Reads one document. Never throws on content: what is wrong comes back as problems.</summary>
    /// <param name="text">The document.</param>
    /// <param name="provider">The provider, where the user says so; used only where the content does not tell.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static SpecReading Read(string text, string? provider = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Finds the place that <paramref name="pointer"/> names; the nearest enclosing place when it is not there.</summary>
    public static TextRange Locate(string text, string pointer) => throw new NotSupportedException();
}
