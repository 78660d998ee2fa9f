"""What is near: utterances to ranked labels; knows no story."""
