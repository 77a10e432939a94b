using System.ComponentModel;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>How the pages of a list of jobs follow each other.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ListTraits
{
    /// <summary>There is one page.</summary>
    None = 0,

    /// <summary>A page has the address of the next one.</summary>
    NextIsAddress = 1,

    /// <summary>A page has the cursor of the next one.</summary>
    NextIsCursor = 2,

    /// <summary>A page is requested by the number of jobs before it.</summary>
    ByOffset = 4,

    /// <summary>Newer jobs precede older ones.</summary>
    NewestFirst = 8,

    /// <summary>The request selects the jobs of one model.</summary>
    SelectsModel = 16,
}
