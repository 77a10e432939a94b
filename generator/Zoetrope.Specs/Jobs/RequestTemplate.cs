using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>What a part of an address or of a small body is made of.</summary>
public enum PartKind
{
    /// <summary>The text itself.</summary>
    Text,

    /// <summary>The id of the job.</summary>
    Job,

    /// <summary>The id of the model.</summary>
    Model,

    /// <summary>A segment of the id of the model.</summary>
    ModelSegment,

    /// <summary>The first value of an earlier response.</summary>
    First,

    /// <summary>The second value of an earlier response.</summary>
    Second,

    /// <summary>The name of a file.</summary>
    FileName,

    /// <summary>The media type of a file.</summary>
    FileType,

    /// <summary>The size of a file in bytes.</summary>
    FileSize,

    /// <summary>The extension of a file's name, without the dot.</summary>
    FileExtension,

    /// <summary>The kind of a file's media type, such as <c>image</c>.</summary>
    FileKind,
}

/// <summary>A part of an address or of a small body.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="Text">The text; empty for other kinds.</param>
/// <param name="Index">The number of the segment.</param>
public sealed record TemplatePart(PartKind Kind, string Text = "", int Index = 0);

/// <summary>A member of a small JSON body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record TemplateMember(string Name, TemplatePart Value);

/// <summary>A request about a job: its method, its path with the query, and its JSON body, if it has one.</summary>
/// <param name="Method">The method in upper case.</param>
/// <param name="Path">The parts of the path and the query.</param>
/// <param name="Segments">The number of segments that the id of a model has, where parts are segments of it.</param>
/// <param name="Members">The members of the body.</param>
public sealed record RequestTemplate(string Method, EquatableArray<TemplatePart> Path, int Segments, EquatableArray<TemplateMember> Members);
