namespace Zoetrope.Validation;

/// <summary>The kinds of rule that a request can break.</summary>
public enum ValidationRule
{
    /// <summary>The member must be given.</summary>
    Required,

    /// <summary>The member has another JSON type.</summary>
    Type,

    /// <summary>The value is not one of the known ones.</summary>
    Enum,

    /// <summary>The number is below the lower limit.</summary>
    Minimum,

    /// <summary>The number is above the upper limit.</summary>
    Maximum,

    /// <summary>The number is not a multiple of the limit.</summary>
    MultipleOf,

    /// <summary>The string is too short; lengths are counted in Unicode code points.</summary>
    MinLength,

    /// <summary>The string is too long; lengths are counted in Unicode code points.</summary>
    MaxLength,

    /// <summary>The string does not match the pattern.</summary>
    Pattern,

    /// <summary>The array has too few items.</summary>
    MinItems,

    /// <summary>The array has too many items.</summary>
    MaxItems,

    /// <summary>The items of the array must differ.</summary>
    UniqueItems,

    /// <summary>Exactly one of several members must be given.</summary>
    ExactlyOne,

    /// <summary>At least one of several members must be given.</summary>
    AtLeastOne,

    /// <summary>The URL is of a form that the provider does not take.</summary>
    Url,

    /// <summary>The file inside the data URI is too large, too small or of the wrong shape.</summary>
    File,

    /// <summary>The value cannot stand in the path of an address.</summary>
    PathSegment,

    /// <summary>The model has no member of this name.</summary>
    Unknown,

    /// <summary>The text is not valid Unicode: it has half of a surrogate pair, and cannot be sent as it is.</summary>
    Unicode,
}
