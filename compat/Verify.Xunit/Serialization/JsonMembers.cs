namespace VerifyTests.Serialization;

/// <summary>The members of an object that was read from JSON, in their order.</summary>
internal sealed class JsonMembers : List<KeyValuePair<string, object?>>;
