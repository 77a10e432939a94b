using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Diagnostics;

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing: something is kept as raw JSON, say.</summary>
    Info,

    /// <summary>Something was ignored or contradicts another location.</summary>
    Warning,

    /// <summary>The document, or a part of it, cannot be used.</summary>
    Error,
}

/// <summary>A kind of problem, with its stable id.</summary>
/// <param name="Id">The id, such as <c>ZT0001</c>.</param>
/// <param name="Title">The problem in a few words.</param>
/// <param name="Message">The message, with <c>{0}</c> placeholders.</param>
/// <param name="Severity">How bad it is.</param>
public sealed record ProblemKind(string Id, string Title, string Message, ProblemSeverity Severity)
{
    /// <summary>A kind of problem that makes a document, or a part of it, unusable.</summary>
    public static ProblemKind Error(string id, string title, string message) => new(id, title, message, ProblemSeverity.Error);

    /// <summary>A kind of problem for which something is ignored.</summary>
    public static ProblemKind Warning(string id, string title, string message) => new(id, title, message, ProblemSeverity.Warning);

    /// <summary>A kind of problem that is only worth knowing.</summary>
    public static ProblemKind Info(string id, string title, string message) => new(id, title, message, ProblemSeverity.Info);
}

/// <summary>A problem in a document. It names its location by <see cref="Pointer"/> or by offset, never by a Roslyn location.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Pointer">The location, as in <see cref="Schema.Pointer"/>; used when <paramref name="Start"/> is negative.</param>
/// <param name="Start">The offset in the text, in UTF-16 units, or -1.</param>
/// <param name="Length">The length in the text.</param>
/// <param name="Arguments">What fills the message.</param>
public sealed record SpecProblem(ProblemKind Kind, string Pointer, int Start, int Length, EquatableArray<string> Arguments)
{
    /// <summary>The message with its arguments, in one line: a build shows no more of it.</summary>
    public string Message => OneLine(Arguments.Count == 0
        ? Kind.Message
        : string.Format(System.Globalization.CultureInfo.InvariantCulture, Kind.Message, Arguments.Cast<object>().ToArray()));

    private static string OneLine(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(unit => char.IsControl(unit) ? ' ' : unit)) : text;
}
