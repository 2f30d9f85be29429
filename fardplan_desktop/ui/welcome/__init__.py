"""The first start: who are you, and what have you already?"""
