using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Emit;

/// <summary>
/// Writes documentation comments of prose: a summary that is short enough to be read in a tooltip, and what it leaves out as remarks.
/// </summary>
internal static class DocComments
{
    /// <summary>Writes the comment of a type.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="prose">What the document says; it may be empty.</param>
    /// <param name="more">What the summary says in every case, after the prose.</param>
    public static void Write(SourceWriter writer, string prose, string more = "")
    {
        var text = Summaries.Sentence(Literals.Doc(prose, Summaries.Longest));
        writer.Line($"/// <summary>{text}{(text.Length > 0 && more.Length > 0 ? " " : "")}{more}</summary>");
        WriteRest(writer, prose);
    }

    /// <summary>Writes what a summary leaves out of the prose as remarks.</summary>
    public static void WriteRest(SourceWriter writer, string? prose)
    {
        if (prose is not null && Literals.Rest(prose, Summaries.Longest) is { } rest)
            writer.Line($"/// <remarks>{rest}</remarks>");
    }
}
