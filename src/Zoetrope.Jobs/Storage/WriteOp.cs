namespace Zoetrope.Jobs.Storage;

/// <summary>A piece of work that is written to a ledger, and may run more than once.</summary>
/// <param name="Id">By which a repeated run recognizes what an earlier one has committed.</param>
/// <param name="IsRepeat">Whether there was an earlier run.</param>
internal readonly record struct WriteOp(string Id, bool IsRepeat);
