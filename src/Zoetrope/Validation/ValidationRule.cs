namespace Zoetrope.Validation;

/// <summary>The kinds of rules that a request can violate.</summary>
public enum ValidationRule
{
    /// <summary>The member is required.</summary>
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

    /// <summary>The URL is of a kind that the provider does not accept.</summary>
    Url,

    /// <summary>The file is too large, too small, too long or too short, or has the wrong aspect ratio, frame rate or format.</summary>
    File,

    /// <summary>The value is not valid in the path of a URL.</summary>
    PathSegment,

    /// <summary>The model has no member of this name.</summary>
    Unknown,

    /// <summary>The text is not valid Unicode: it contains an unpaired surrogate, and cannot be sent unchanged.</summary>
    Unicode,

    /// <summary>The request violates a rule that the documentation states in words.</summary>
    Documented,

    /// <summary>The member is not given, and its documented default is a sample file, with which the job would be run. Always a warning.</summary>
    SampleFile,
}
