namespace Zoetrope.Costs;

/// <summary>What a price of a provider pays for.</summary>
public enum CostUnit
{
    /// <summary>A job, whatever it makes.</summary>
    Job,

    /// <summary>One of the results of a job, such as a video.</summary>
    Output,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A second of the video or audio that a job makes.</summary>
    Second,
}
