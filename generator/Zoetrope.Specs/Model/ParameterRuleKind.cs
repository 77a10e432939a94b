namespace Zoetrope.Specs.Model;

/// <summary>The kinds of rule that documents state in words.</summary>
public enum ParameterRuleKind
{
    /// <summary>"Either a or b must be provided, but not both."</summary>
    ExactlyOne,

    /// <summary>"At least one of a or b must be provided."</summary>
    AtLeastOne,

    /// <summary>"Cannot be used with b or c": the first excludes each of the others.</summary>
    Excludes,

    /// <summary>"Provide both a and b, or neither."</summary>
    AllOrNone,

    /// <summary>"Requires b", "requires b or c": with the first one of the others must be given.</summary>
    Requires,

    /// <summary>"Required when b is true": the parameter must be given where the conditions hold.</summary>
    RequiredWhen,

    /// <summary>"1080p videos are limited to 5 or 8 seconds": where the conditions hold, others must too.</summary>
    IfThen,

    /// <summary>"Must be at least b."</summary>
    Compare,

    /// <summary>"Maximum 7 total (a + b)": the items of several lists together.</summary>
    TotalCount,

    /// <summary>"Total duration of all items must not exceed 25 seconds": a member of the items together.</summary>
    Sum,

    /// <summary>"Only one item can have a video": how many items have a member.</summary>
    ItemsWith,

    /// <summary>"If one item has an image, all items must have one."</summary>
    AllItemsWith,

    /// <summary>"Length must be len(b) - 1": the number of items, compared with that of another list.</summary>
    SameCount,

    /// <summary>"Total pixels must be between 960x960 and 4096x4096": width times height.</summary>
    Area,

    /// <summary>"Width and height must be between 512 and 2048": each side.</summary>
    Sides,

    /// <summary>"The aspect ratio must be between 1:3 and 3:1": width divided by height.</summary>
    Aspect,

    /// <summary>"Must be between 1 and 10": a number.</summary>
    Value,

    /// <summary>"Max 500 characters": the length of a text in Unicode code points.</summary>
    Length,

    /// <summary>"Up to 3 images": the number of items.</summary>
    Count,

    /// <summary>"Max 50 characters each": the length of each text of a list.</summary>
    ItemLength,

    /// <summary>"Max 30 MB": the file behind a URL.</summary>
    File,
}
