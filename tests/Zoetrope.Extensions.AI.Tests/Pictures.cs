namespace Zoetrope.Extensions.AI.Tests;

/// <summary>Small files.</summary>
internal static class Pictures
{
    /// <summary>One pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    /// <summary>512 times 512 pixels, all black.</summary>
    public static readonly byte[] Square = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAgAAAAIAAQAAAADcA+lXAAAANklEQVR42u3BAQEAAACCIP+vbkhAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB8G4IAAAFjdV"
        + "CkAAAAAElFTkSuQmCC");
}
