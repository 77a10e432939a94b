namespace Zoetrope.Generator.Operations.Content;

/// <summary>The forms that bodies have.</summary>
internal enum BodyKind
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary><c>multipart/form-data</c>.</summary>
    Multipart,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    UrlEncoded,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>Text.</summary>
    Text,
}
