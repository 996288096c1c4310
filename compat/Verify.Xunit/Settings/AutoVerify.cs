namespace VerifyTests;

/// <summary>Whether what was received for a verified file is accepted without a look.</summary>
public delegate bool AutoVerify(string verifiedFile);
