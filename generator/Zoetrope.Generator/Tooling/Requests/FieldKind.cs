namespace Zoetrope.Generator.Tooling.Requests;

/// <summary>How a form asks for a value.</summary>
public enum FieldKind
{
    /// <summary>JSON: its document does not say more, or it has one of several forms.</summary>
    Json,

    /// <summary>A text of a line.</summary>
    Text,

    /// <summary>A text of several lines.</summary>
    LongText,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of several values.</summary>
    Choice,

    /// <summary>A file: its URL, or a file that is uploaded.</summary>
    File,

    /// <summary>A file as an object with its URL.</summary>
    FileObject,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object with known members.</summary>
    Object,

    /// <summary>An object with members of any name.</summary>
    Map,
}
