namespace Zoetrope.Generator.Types;

/// <summary>Where an object is used, which decides how its properties are written.</summary>
internal enum ObjectRole
{
    /// <summary>The request, or an object inside it: settable, validated.</summary>
    Input,

    /// <summary>The result, or an object only inside it: read-only, liberal.</summary>
    Output,
}
