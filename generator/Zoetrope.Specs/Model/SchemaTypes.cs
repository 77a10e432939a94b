namespace Zoetrope.Specs.Model;

/// <summary>The JSON types that a schema allows, as flags.</summary>
[Flags]
public enum SchemaTypes
{
    /// <summary>The document does not say: anything goes.</summary>
    Any = 0,

    /// <summary>A string.</summary>
    String = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    /// <summary>A number.</summary>
    Number = 4,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 8,

    /// <summary>An array.</summary>
    Array = 16,

    /// <summary>An object.</summary>
    Object = 32,

    /// <summary><c>null</c>.</summary>
    Null = 64,
}
