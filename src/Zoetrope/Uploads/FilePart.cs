namespace Zoetrope.Uploads;

/// <summary>A part of a file that is sent in several.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Count">The number of parts.</param>
/// <param name="Offset">The number of bytes before it.</param>
/// <param name="Length">The number of bytes in it.</param>
public readonly record struct FilePart(int Number, int Count, long Offset, long Length);
