using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Emit;

/// <summary>
/// Writes documentation comments of prose: a summary that is short enough to be read in a tooltip, and all of it as remarks where that is cut.
/// </summary>
internal static class DocComments
{
    /// <summary>Writes the comment of a type.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="prose">What the document says; it may be empty.</param>
    /// <param name="more">What the summary says in every case, after the prose.</param>
    public static void Write(SourceWriter writer, string prose, string more = "")
    {
        // Of control characters alone nothing is left.
        var text = Literals.Doc(prose, Summaries.Longest);
        if (text.Length > 0)
            text = Summaries.Sentence(text);
        writer.Line($"/// <summary>{text}{(text.Length > 0 && more.Length > 0 ? " " : "")}{more}</summary>");
        WriteRest(writer, prose);
    }

    /// <summary>Writes the remarks where a summary does not hold all of the prose.</summary>
    public static void WriteRest(SourceWriter writer, string? prose)
    {
        if (prose is not null && Literals.Rest(prose, Summaries.Longest) is { } rest)
            writer.Line($"/// <remarks>{rest}</remarks>");
    }
}
