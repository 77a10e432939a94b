namespace Zoetrope.Specs.Model;

/// <summary>How a parameter that is not a single value is written (OpenAPI's <c>style</c>).</summary>
public enum ParameterStyle
{
    /// <summary><c>a,b</c></summary>
    Simple,

    /// <summary><c>.a.b</c></summary>
    Label,

    /// <summary><c>;name=a;name=b</c></summary>
    Matrix,

    /// <summary><c>name=a&amp;name=b</c></summary>
    Form,

    /// <summary><c>name=a%20b</c></summary>
    SpaceDelimited,

    /// <summary><c>name=a|b</c></summary>
    PipeDelimited,

    /// <summary><c>name[key]=a</c></summary>
    DeepObject,

    /// <summary>JSON text (a parameter with <c>content</c>).</summary>
    Json,
}
