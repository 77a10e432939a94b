using System.ComponentModel;

namespace Zoetrope.CodeGen.Operations;

/// <summary>The style in which a parameter is serialized, as OpenAPI defines it (RFC 6570).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ParameterStyle
{
    /// <summary><c>a,b</c>: the default in paths and headers.</summary>
    Simple,

    /// <summary><c>.a,b</c>, or <c>.a.b</c> when exploded; in paths.</summary>
    Label,

    /// <summary><c>;name=a,b</c>, or <c>;name=a;name=b</c> when exploded; in paths.</summary>
    Matrix,

    /// <summary><c>name=a,b</c>, or <c>name=a&amp;name=b</c> when exploded: the default in queries.</summary>
    Form,

    /// <summary><c>name=a%20b</c>; exploded as <see cref="Form"/>; in queries.</summary>
    SpaceDelimited,

    /// <summary><c>name=a%7Cb</c>; exploded as <see cref="Form"/>; in queries.</summary>
    PipeDelimited,

    /// <summary>
    /// <c>name[key]=a</c> for each member of an object, <c>name[0]=a</c> for each item of a list (OpenAPI does not define lists; Stripe, PHP and Rails read
    /// them like this), with percent-encoded brackets; in queries and forms.
    /// </summary>
    DeepObject,

    /// <summary>JSON text: a parameter with <c>content</c>.</summary>
    Json,
}
